"""The sentences and words of licences and their undertakings in Korean, by code."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Where it stands.
    "licence.not-drafted": "허가안의 기록이 없음",
    "licence.drafted": "{1}의 기안({0:when})",
    "licence.issued": "{1}의 허가서 교부({0:when})",
    "licence.suspended": "효력정지({0:when}): {1:own}",
    "licence.reinstated": "효력정지의 해제({0:when})",
    "licence.revoked": "허가취소({0:when}): {1:own}",
    "licence.surrendered": "허가서 반납({0:when})",
    "licence.begins": "유효기간의 개시: {0:when}",
    "licence.ends": "유효기간의 만료: {0:when}",
    "licence.ended": "유효기간이 만료됨({0:when})",
    "licence.six-months": "개별허가의 유효기간은 달리 정하지 않는 한 6개월",
    "licence.counted": "초일을 산입함: 7월 10일부터 6개월의 기간은 1월 10일 00:00에 만료",
    "licence.end-unknown": "유효기간의 만료 시기 불명: 정한 바 없음",
    "licence.used-up": "품목 {0}의 잔량 없음({1:when}부터)",
    # What a record did.
    "licence.drew": "품목 {2} {0} {1} 출하",
    "licence.not-then": "그 시점의 상태: '{0:licence}'",
    "licence.drafted-already": "이미 기안됨",
    "licence.same-officer": "{0}: 기안에 관여하였으므로 다른 담당관이 교부하여야 함",
    "licence.not-valid-then": "유효기간: {0:when}부터 {1:when}까지",
    "licence.not-all-day": "시각이 불명이고, 그날의 모든 시간에 걸쳐 출하할 수 있는 상태가 아니었음",
    "licence.too-much": "품목 {2}의 {0} {1}, 잔량({3}) 초과",
    "licence.worth-too-much": "품목 {2}의 가액 {0} {1}, 잔액({3}) 초과",
    "licence.no-item": "허가에 품목 {0} 없음",
    "licence.other-unit": "품목 {0}의 허가 단위: {1}({2} 아님)",
    "licence.value-needed": "품목 {0}: 가액으로 제한되나 가액의 기재가 없음",
    "licence.struck": "{0}에 의하여 기록에서 말소",
    "licence.terms-stand": "교부된 허가의 내용은 정정되지 않음",
    "licence.of-nothing": "기록에 없는 {0}에 관한 것임",
    "licence.noted": "기록에 남기며, 허가의 상태를 변경하지 않음",
    "licence.corrects": "{0}의 기록을 정정",
    "licence.strikes": "{0}의 기록을 말소",
    # Undertakings.
    "undertaking.consent-first": "다음 행위에는 사전 동의가 필요함: {0:goods}",
    "undertaking.consented": "품목 {1}의 {0:goods}({2:when}): 사전 동의가 있음",
    "undertaking.no-consent": "품목 {1}의 {0:goods}({2:when}): {3} {4}에 대한 동의의 기록이 없음",
    "undertaking.consent-given": "품목 {1}의 {0:goods}에 대한 동의({2:when})",
    "undertaking.due-before": "{0:when} 전에 이행하여야 함",
    "undertaking.fell-due": "{0:when}에 기한이 도래하였고, 이행의 기록이 없음",
    "undertaking.done": "{0:when}에 이행",
    "undertaking.done-late": "기한({1:when}) 경과 후 {0:when}에 이행",
    "undertaking.from-shipment": "출하 {0}({1:when})에 관한 것임",
    "undertaking.no-shipment": "출하마다 기산하며, 출하의 기록이 없음",
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "licence": {
        "not-drafted": "미기안",
        "draft": "기안 중",
        "issued": "교부됨",
        "suspended": "효력정지 중",
        "revoked": "취소됨",
        "surrendered": "반납됨",
        "exhausted": "잔량 없음",
        "expired": "기간 만료",
    },
    "goods": {
        "re-export": "재수출",
        "resale": "재판매",
        "relocation": "이설",
        "change-of-use": "용도 변경",
    },
}
