"""The sentences and words about export control in Japanese, by code."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # The item.
    "export.listed": "輸出者の該非判定により、{0}は「{1:own}」に該当",
    "export.entry-only": "{0}は項番{1}（{2:own}）として扱う：該当の号は未確認",
    "export.not-listed": "輸出者の該非判定により、リスト規制品に該当しない",
    "export.thresholds": "{0:own}に定める仕様は未確認：{1}は{2}に該当し得る。該非判定が必要",
    "export.no-item": "{0}に対応する項番は確認できない",
    "export.list-unread": "規制リスト（{0:covers}）は未確認",
    # The requirement.
    "export.everywhere": "リスト規制品は全地域向けに許可を要する",
    "export.column": "{0}により{1}向けは許可を要する：国別表の{2}に印がある",
    "export.no-mark": "{0}による許可は不要：国別表の{2}に{1}の印がない",
    "export.part": "国別表の{2}に{1}の印があるが、{0}は一部のみに適用：{3:own}",
    "export.worldwide": "{0}は全地域向けに許可を要する",
    "export.worldwide-part": "{0}は一部につき全地域向けに許可を要する：{1:own}",
    "export.ground": "{0}により許可を要するかは国別表では不明：{1:own}",
    "export.pointer": "国別表に{0}の印はなく、他の規定による：{1:own}",
    "export.no-row": "国別表に{0}の欄がない",
    "export.stands-for": "{0}には{1}の欄を適用",
    "export.footnote": "{0}の注により許可を要することがある：{1:own}",
    "export.no-grounds": "当該項目は国別表の欄を示していない",
    "export.not-on-list": "リストにないものに国別表の適用はない",
    # What is not known.
    "export.before": "{0:when}より前の状況は不明",
    "export.destination": "「{0}」はISO 3166-1にない仕向地である",
    "export.membership": "{0}が{1}に含まれるかは不明",
    "export.hour-open": "{0}が既に施行されているかは不明：時刻又は日が未確定",
    "export.disputed": "{0}の法的な意味に争いがある",
    "export.catch-all-unread": "補完的輸出規制は未確認",
    "export.not-modelled": "懸念又は通知がある場合の取扱いは、ここでは判断しない",
    # Catch-all control.
    "export.informed": "当局から輸出者に通知（インフォーム）があり、{0}向けに及ぶ",
    "export.inform-spared": "当局の通知（インフォーム）は{0}に及ばない（{1}）",
    "export.not-informed": "照会によれば、当局の通知（インフォーム）はない",
    "export.known": "輸出者は{0:concern}への使用を知っている",
    "export.know-spared": "{0}については客観要件の適用がない（{1}）",
    "export.know-elsewhere": "客観要件は{1}に限り適用され、{0}には適用がない",
    "export.no-concern": "照会によれば、{0:concern}に係る懸念は認められない",
    "export.not-assessed": "最終用途又は需要者について{0:concern}に係る懸念があるか",
    "export.widened": "未確認：{0:own}",
    "export.excluded": "{0:own}は当該規制の対象外",
    # Small value.
    "export.small": "特例の適用：価額{0}{2}は{1}{2}以下",
    "export.not-small": "価額{0}{2}は{1}{2}を超える",
    "export.small-entry": "少額特例は項番{0}に適用されない",
    "export.small-never": "少額特例は{0}向けには適用されない（{1}）",
    "export.value": "価額（{1}）：{0}{1}以下であれば許可は不要",
    "export.currency": "価額（{0}）：{1}では判断できない",
    "export.value-some": "限度額{0}{1}の貨物に当たるか（対象の告示は未確認）",
    "export.value-concern": "懸念又は通知がある場合に少額特例が適用されるか",
    # Licence types.
    "export.type-open": "{0}向けに利用可",
    "export.type-any": "全地域向けに利用可",
    "export.type-stated": "利用可とされている",
    "export.type-condition": "条件付きで再び利用可：{0:own}",
    "export.type-group": "{1}に限られ、{0}はこれに含まれない",
    "export.type-limited": "{0}向けの当該品目には利用不可",
    "export.type-matrix": "{0:own}による（未確認）",
    "export.type-unclassified": "{0}により利用できないかは該非判定による",
    "export.type-unlisted": "リストにないものに適用があるかは未確認",
    "export.type-before": "{0:when}より前は不明",
    "export.type-item": "当該項目の記載：{0:own}",
    "export.type-bulk": "{0}向けの包括許可：{1:own}",
    # Papers, groups, time.
    "export.paper": "{0:own}",
    "export.paper-unread": "{1:own}が求める場合：{0:own}（未確認）",
    "export.review": "{2}：審査{0}日、書類{1}種",
    "export.in-group": "{0}は{1}に含まれる",
    "export.turns": "{0}の施行",
    "export.turns-known": "この時点以降はより多くの事項が判明している",
    "export.turns-rule": "この時点から適用される規定",
    "export.ahead": "公布等は済んでいるが、施行は{0:when}から",
    "export.changed": "{0:when}から施行",
    "export.turned": "{0:own}（{1:when}から）",
    # What an act did.
    "status.regime-in-force": "{0:act}：{1:when}から施行",
    "status.regime-ahead": "{0:act}：公布等は済んでいるが、施行は{1:when}から",
    # Past shipments.
    "export.used-open": "許可の種類（{0:own}）は利用可であった",
    "export.used-closed": "許可の種類（{0:own}）は利用できなかった",
    "export.used-unknown": "許可の種類（{0:own}）が利用可であったかは不明",
    "export.used-lacks": "当時、輸出者が{0:own}を備えていたか",
    "export.used-provided": "利用可とされた条件を満たすか：{0:own}",
    "export.used-none": "許可を要したが、許可の記載がない",
    "export.used-no-number": "許可を要したが、許可（{0:own}）の番号の記載がない",
}

ACTS: Mapping[str, str] = {
    "change-groups": "国・地域区分の変更",
    "limit-licences": "許可の種類の制限",
    "ease-limit": "制限の緩和",
    "lift-limit": "制限の解除",
    "change-catch-all": "補完的輸出規制の変更",
}

CLAUSES: Mapping[str, str] = {
    "control-list": "規制リスト",
    "licence-requirement": "許可の要件",
    "country-chart": "国別表",
    "country-group": "国・地域区分",
    "licence-type": "許可の種類",
    "catch-all": "補完的輸出規制",
    "small-value": "少額特例",
    "export-papers": "提出書類及び誓約",
    "licence-review": "審査期間",
}

CONCERNS: Mapping[str, str] = {
    "weapons-of-mass-destruction": "大量破壊兵器等",
    "conventional-arms": "通常兵器",
}

COVERS: Mapping[str, str] = {"goods": "貨物", "technology": "技術"}

PLACES: Mapping[str, str] = {
    "Act-art.-48": "外国為替及び外国貿易法第48条",
    "Act-art.-25": "外国為替及び外国貿易法第25条",
    "Appended-Table-1": "輸出貿易管理令別表第1",
    "Foreign-Exchange-Order,-Appended-Table": "外国為替令別表",
    "Appended-Table-3": "輸出貿易管理令別表第3",
    "Appended-Table-3-2": "輸出貿易管理令別表第3の2",
    "Appended-Table-4": "輸出貿易管理令別表第4",
    "Group-B": "グループB",
    "Group-C": "グループC",
    "Group-D": "グループD",
    "Appended-Table-1,-entry-16-(WMD)": "輸出貿易管理令別表第1の16の項（大量破壊兵器等）",
    "Appended-Table-1,-entry-16-(conventional-arms)": "輸出貿易管理令別表第1の16の項（通常兵器）",
    "Order-art.-4": "輸出貿易管理令第4条",
    "Order-art.-8": "輸出貿易管理令第8条",
    "Bulk-Licence-Circular-(general)": "包括許可取扱要領（一般包括）",
    "Bulk-Licence-Circular-(special-general)": "包括許可取扱要領（特別一般包括）",
    "Bulk-Licence-Circular-(special)": "包括許可取扱要領（特定包括）",
    "Bulk-Licence-Circular-(return-and-repair)": "包括許可取扱要領（返品等）",
    "Bulk-Licence-Circular-(subsidiaries)": "包括許可取扱要領（子会社）",
    "Documents-Circular-I": "提出書類通達I",
    "Documents-Circular-I-2": "提出書類通達I-2",
    "Documents-Circular-II": "提出書類通達II",
    "Documents-Circular-III": "提出書類通達III",
    "Foreign-Trade-Act-art.-19": "（韓国）対外貿易法第19条",
    "Public-Notice-(strategic-items)": "（韓国）戦略物資輸出入告示（戦略物資）",
    "Public-Notice-(Ka)": "（韓国）戦略物資輸出入告示（カ地域）",
    "Public-Notice-(Ka-2)": "（韓国）戦略物資輸出入告示（カの2地域）",
    "Public-Notice-(individual)": "（韓国）戦略物資輸出入告示（個別許可）",
    "Public-Notice-(comprehensive)": "（韓国）戦略物資輸出入告示（包括許可）",
    "Public-Notice-(review,-Ka)": "（韓国）戦略物資輸出入告示（審査、カ地域）",
    "Public-Notice-(review,-Ka-2)": "（韓国）戦略物資輸出入告示（審査、カの2地域）",
}
"""How the provisions of the regimes in the catalogue are cited."""
