"""The sentences and words of licences and their undertakings in Japanese, by code."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Where it stands.
    "licence.not-drafted": "許可の案の記録がない",
    "licence.drafted": "{1}が{0:when}に起案",
    "licence.issued": "{1}が{0:when}に許可証を交付",
    "licence.suspended": "{0:when}に効力を停止：{1:own}",
    "licence.reinstated": "{0:when}に効力停止を解除",
    "licence.revoked": "{0:when}に許可を取消し：{1:own}",
    "licence.surrendered": "{0:when}に許可証を返納",
    "licence.begins": "有効期間の開始：{0:when}",
    "licence.ends": "有効期間の満了：{0:when}",
    "licence.ended": "有効期間が満了した（{0:when}）",
    "licence.six-months": "個別許可の有効期間は、別段の定めがない限り6箇月",
    "licence.counted": "初日を算入する：7月10日から6箇月の期間は1月10日0時に満了する",
    "licence.end-unknown": "有効期間の満了時期は不明：定めがない",
    "licence.used-up": "品目{0}は{1:when}以降残余なし",
    # What a record did.
    "licence.drew": "品目{2}を{0} {1}出荷",
    "licence.not-then": "その時点の状態は「{0:licence}」",
    "licence.drafted-already": "既に起案されている",
    "licence.same-officer": "{0}は起案に関与しており、交付は別の担当官が行う必要がある",
    "licence.not-valid-then": "有効期間は{0:when}から{1:when}まで",
    "licence.not-all-day": "時刻が不明であり、同日の全時間にわたって出荷できる状態ではなかった",
    "licence.too-much": "品目{2}の{0} {1}は残余（{3}）を超える",
    "licence.worth-too-much": "品目{2}の価額{0} {1}は残余（{3}）を超える",
    "licence.no-item": "許可に品目{0}はない",
    "licence.other-unit": "品目{0}の許可は{1}によるものであり、{2}によるものではない",
    "licence.value-needed": "品目{0}は価額により制限されており、価額の記載がない",
    "licence.struck": "{0}により記録から抹消",
    "licence.terms-stand": "交付された許可の内容は訂正されない",
    "licence.of-nothing": "記録にない{0}に関するもの",
    "licence.noted": "記録に留める：許可の状態を変更しない",
    "licence.corrects": "{0}の記録を訂正",
    "licence.strikes": "{0}の記録を抹消",
    # Undertakings.
    "undertaking.consent-first": "次の行為には事前の同意を要する：{0:goods}",
    "undertaking.consented": "品目{1}の{0:goods}（{2:when}）：事前の同意がある",
    "undertaking.no-consent": "品目{1}の{0:goods}（{2:when}）：{3} {4}について同意の記録がない",
    "undertaking.consent-given": "品目{1}の{0:goods}に対する同意（{2:when}）",
    "undertaking.due-before": "{0:when}より前に履行を要する",
    "undertaking.fell-due": "{0:when}に期限が到来し、履行の記録がない",
    "undertaking.done": "{0:when}に履行",
    "undertaking.done-late": "{0:when}に履行、期限（{1:when}）の後",
    "undertaking.from-shipment": "{1:when}の出荷{0}について",
    "undertaking.no-shipment": "出荷ごとに起算し、出荷の記録がない",
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "licence": {
        "not-drafted": "未起案",
        "draft": "起案中",
        "issued": "交付済み",
        "suspended": "効力停止中",
        "revoked": "取消し",
        "surrendered": "返納",
        "exhausted": "残余なし",
        "expired": "期間満了",
    },
    "goods": {
        "re-export": "再輸出",
        "resale": "再販売",
        "relocation": "移設",
        "change-of-use": "用途変更",
    },
}
