"""The sentences and words about export control in Korean, by code."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # The item.
    "export.listed": '수출자의 판정에 따라 {0}은(는) "{1:own}"에 해당',
    "export.entry-only": "{0}은(는) 항목 {1}({2:own})으로 취급: 해당 호는 미확인",
    "export.not-listed": "수출자의 판정에 따라 통제 목록에 해당하지 않음",
    "export.thresholds": "{0:own}의 기준은 미확인: {1}은(는) {2}에 해당할 수 있음. 판정 필요",
    "export.no-item": "{0}에 대응하는 항목 번호가 확인되지 않음",
    "export.list-unread": "통제 목록({0:covers})은 미확인",
    # The requirement.
    "export.everywhere": "목록에 있는 것은 모든 지역에 대하여 허가가 필요",
    "export.column": "{0}에 따라 {1}행은 허가가 필요: 국가표의 {2}에 표시가 있음",
    "export.no-mark": "{0}에 따른 허가는 불요: 국가표의 {2}에 {1}의 표시가 없음",
    "export.part": "국가표의 {2}에 {1}의 표시가 있으나 {0}은(는) 일부에만 적용: {3:own}",
    "export.worldwide": "{0}은(는) 모든 지역에 대하여 허가가 필요",
    "export.worldwide-part": "{0}은(는) 일부에 대하여 모든 지역에 허가가 필요: {1:own}",
    "export.ground": "{0}에 따라 허가가 필요한지는 국가표로 알 수 없음: {1:own}",
    "export.pointer": "국가표에 {0}의 표시가 없고 다른 규정에 따름: {1:own}",
    "export.no-row": "국가표에 {0}의 칸이 없음",
    "export.stands-for": "{0}에는 {1}의 칸을 적용",
    "export.footnote": "{0}에 대한 주석에 따라 허가가 필요할 수 있음: {1:own}",
    "export.no-grounds": "해당 항목은 국가표의 칸을 지정하지 않음",
    "export.not-on-list": "목록에 없는 것에는 국가표가 적용되지 않음",
    # What is not known.
    "export.before": "{0:when} 이전의 상황은 불명",
    "export.destination": '"{0}"은(는) ISO 3166-1에 없는 목적지임',
    "export.membership": "{0}이(가) {1}에 속하는지는 불명",
    "export.hour-open": "{0}이(가) 이미 시행 중인지는 불명: 시각 또는 날짜가 미확정",
    "export.disputed": "{0}의 법적 의미에 다툼이 있음",
    "export.catch-all-unread": "상황허가(캐치올) 규정은 미확인",
    "export.not-modelled": "우려 또는 통지가 있는 경우의 취급은 여기서 판단하지 않음",
    # Catch-all control.
    "export.informed": "당국이 수출자에게 통지하였고, {0}행에 미침",
    "export.inform-spared": "당국의 통지는 {0}에 미치지 않음({1})",
    "export.not-informed": "질의에 따르면 당국의 통지가 없음",
    "export.known": "수출자가 {0:concern}에의 사용을 알고 있음",
    "export.know-spared": "{0}에 대하여는 수출자의 인지 요건이 적용되지 않음({1})",
    "export.know-elsewhere": "수출자의 인지 요건은 {1}에만 적용되고 {0}에는 적용되지 않음",
    "export.no-concern": "질의에 따르면 {0:concern}에 관한 우려가 발견되지 않음",
    "export.not-assessed": "최종용도 또는 최종사용자에 {0:concern}에 관한 우려가 있는지",
    "export.widened": "미확인: {0:own}",
    "export.excluded": "{0:own}은(는) 이 통제의 대상이 아님",
    # Small value.
    "export.small": "특례 적용: 가액 {0} {2}은(는) {1} {2} 이하",
    "export.not-small": "가액 {0} {2}은(는) {1} {2} 초과",
    "export.small-entry": "소액 특례는 항목 {0}에 적용되지 않음",
    "export.small-never": "소액 특례는 {0}행에 적용되지 않음({1})",
    "export.value": "가액({1}): {0} {1} 이하이면 허가 불요",
    "export.currency": "가액({0}): {1}(으)로는 판단할 수 없음",
    "export.value-some": "한도 {0} {1}의 물품에 해당하는지(대상 고시는 미확인)",
    "export.value-concern": "우려 또는 통지가 있는 경우 소액 특례가 적용되는지",
    # Licence types.
    "export.type-open": "{0}에 대하여 이용 가능",
    "export.type-any": "모든 지역에 대하여 이용 가능",
    "export.type-stated": "이용 가능하다고 발표됨",
    "export.type-condition": "조건부로 다시 이용 가능: {0:own}",
    "export.type-group": "{1}에 한하며 {0}은(는) 이에 속하지 않음",
    "export.type-limited": "{0}행의 해당 품목에는 이용 불가",
    "export.type-matrix": "{0:own}에 따름(미확인)",
    "export.type-unclassified": "{0}에 따라 이용할 수 없는지는 품목 판정에 달림",
    "export.type-unlisted": "목록에 없는 것에 적용되는지는 미확인",
    "export.type-before": "{0:when} 이전은 불명",
    "export.type-item": "해당 항목의 기재: {0:own}",
    "export.type-bulk": "{0}에 대한 포괄허가: {1:own}",
    # Papers, groups, time.
    "export.paper": "{0:own}",
    "export.paper-unread": "{1:own}에서 요구하는 경우: {0:own}(미확인)",
    "export.review": "{2}: 심사 {0}일, 서류 {1}종",
    "export.in-group": "{0}은(는) {1}에 속함",
    "export.turns": "{0}의 시행",
    "export.turns-known": "이 시점부터 더 많은 사항이 확인됨",
    "export.turns-rule": "이 시점부터 적용되는 규정",
    "export.ahead": "공포 등은 되었으나 시행은 {0:when}부터",
    "export.changed": "{0:when}부터 시행",
    "export.turned": "{0:own}({1:when}부터)",
    # What an act did.
    "status.regime-in-force": "{0:act}: {1:when}부터 시행",
    "status.regime-ahead": "{0:act}: 공포 등은 되었으나 시행은 {1:when}부터",
    # Past shipments.
    "export.used-open": "허가 종류({0:own})는 이용 가능하였음",
    "export.used-closed": "허가 종류({0:own})는 이용할 수 없었음",
    "export.used-unknown": "허가 종류({0:own})가 이용 가능하였는지는 불명",
    "export.used-lacks": "당시 수출자가 {0:own}을(를) 갖추었는지",
    "export.used-provided": "이용 가능 조건을 충족하는지: {0:own}",
    "export.used-none": "허가가 필요하였으나 기재된 허가가 없음",
    "export.used-no-number": "허가가 필요하였으나 허가({0:own}) 번호의 기재가 없음",
}

ACTS: Mapping[str, str] = {
    "change-groups": "지역 구분의 변경",
    "limit-licences": "허가 종류의 제한",
    "ease-limit": "제한의 완화",
    "lift-limit": "제한의 해제",
    "change-catch-all": "상황허가 규정의 변경",
}

CLAUSES: Mapping[str, str] = {
    "control-list": "통제 목록",
    "licence-requirement": "허가 요건",
    "country-chart": "국가표",
    "country-group": "지역 구분",
    "licence-type": "허가 종류",
    "catch-all": "상황허가",
    "small-value": "소액 특례",
    "export-papers": "제출 서류 및 서약",
    "licence-review": "심사 기간",
}

CONCERNS: Mapping[str, str] = {
    "weapons-of-mass-destruction": "대량살상무기",
    "conventional-arms": "재래식무기",
}

COVERS: Mapping[str, str] = {"goods": "물품", "technology": "기술"}

PLACES: Mapping[str, str] = {
    "Act-art.-48": "(일본) 외국환 및 외국무역법 제48조",
    "Act-art.-25": "(일본) 외국환 및 외국무역법 제25조",
    "Appended-Table-1": "(일본) 수출무역관리령 별표 제1",
    "Foreign-Exchange-Order,-Appended-Table": "(일본) 외국환령 별표",
    "Appended-Table-3": "(일본) 수출무역관리령 별표 제3",
    "Appended-Table-3-2": "(일본) 수출무역관리령 별표 제3의2",
    "Appended-Table-4": "(일본) 수출무역관리령 별표 제4",
    "Group-B": "그룹 B",
    "Group-C": "그룹 C",
    "Group-D": "그룹 D",
    "Appended-Table-1,-entry-16-(WMD)": "(일본) 수출무역관리령 별표 제1의 16항(대량살상무기)",
    "Appended-Table-1,-entry-16-(conventional-arms)": "(일본) 수출무역관리령 별표 제1의 16항(재래식무기)",
    "Order-art.-4": "(일본) 수출무역관리령 제4조",
    "Order-art.-8": "(일본) 수출무역관리령 제8조",
    "Bulk-Licence-Circular-(general)": "(일본) 포괄허가취급요령(일반포괄)",
    "Bulk-Licence-Circular-(special-general)": "(일본) 포괄허가취급요령(특별일반포괄)",
    "Bulk-Licence-Circular-(special)": "(일본) 포괄허가취급요령(특정포괄)",
    "Bulk-Licence-Circular-(return-and-repair)": "(일본) 포괄허가취급요령(반품 등)",
    "Bulk-Licence-Circular-(subsidiaries)": "(일본) 포괄허가취급요령(자회사)",
    "Documents-Circular-I": "(일본) 제출서류통달 I",
    "Documents-Circular-I-2": "(일본) 제출서류통달 I-2",
    "Documents-Circular-II": "(일본) 제출서류통달 II",
    "Documents-Circular-III": "(일본) 제출서류통달 III",
    "Foreign-Trade-Act-art.-19": "대외무역법 제19조",
    "Public-Notice-(strategic-items)": "전략물자 수출입고시(전략물자)",
    "Public-Notice-(Ka)": "전략물자 수출입고시(가 지역)",
    "Public-Notice-(Ka-2)": "전략물자 수출입고시(가의2 지역)",
    "Public-Notice-(individual)": "전략물자 수출입고시(개별수출허가)",
    "Public-Notice-(comprehensive)": "전략물자 수출입고시(포괄수출허가)",
    "Public-Notice-(review,-Ka)": "전략물자 수출입고시(심사, 가 지역)",
    "Public-Notice-(review,-Ka-2)": "전략물자 수출입고시(심사, 가의2 지역)",
}
"""How the provisions of the regimes in the catalogue are cited."""
