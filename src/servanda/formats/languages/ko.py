"""The sentences of answers in Korean, by code, in the register of official documents."""

from __future__ import annotations

from collections.abc import Mapping

from servanda.formats.languages.ko_decisions import SENTENCES as DECISIONS
from servanda.formats.languages.ko_exports import SENTENCES as EXPORTS
from servanda.formats.languages.ko_licences import SENTENCES as LICENCES
from servanda.formats.languages.ko_persons import SENTENCES as PERSONS
from servanda.formats.languages.ko_proceedings import SENTENCES as PROCEEDINGS

STATUS: Mapping[str, str] = {
    # Entry into force.
    "status.entry-on": "발효일: {0:when}",
    "status.signed": "{1:list} 서명({0:when})",
    "status.signed-sometime": "{0:list} 서명(시기 불명)",
    "status.completed": "{1:list}의 국내절차 완료 통보({0:when})",
    "status.completed-sometime": "{0:list}의 국내절차 완료 통보(시기 불명)",
    "status.deposited": "{1:list}의 비준서 등 기탁({0:when})",
    "status.deposited-sometime": "{0:list}의 비준서 등 기탁(시기 불명)",
    "status.whole-day": "어느 날에 발효하는 경우 그날 전부에 걸쳐 효력을 가짐",
    "status.provisional": "{0:when}부터 잠정적용",
    "status.provisional-sometime": "잠정적용(개시 시기 불명)",
    "status.not-entered": "미발효: 발효에 필요한 행위가 이루어지지 않음",
    "status.not-signed": "미발효: 미서명",
    "status.entry-unread": "발효 여부 불명: 관련 조항 또는 행위가 확인되지 않음",
    "status.enters": "미발효: {0:when}에 발효",
    # A term and its periods.
    "status.no-fixed-end": "기한의 정함 없이 효력 존속",
    "status.period": "{0:when}부터 {1:when} 00:00까지의 기간 동안 유효",
    "status.extended-period": "자동연장에 따라 {0:when}부터 {1:when} 00:00까지의 기간 동안 유효",
    "status.runs-until": "유효기간 만료: {0:when}",
    "status.extended-until": "합의에 따라 {0:when}까지 연장",
    "status.presumed": "효력이 존속하는 것으로 취급함: {0:own}",
    "status.may-run-on": "효력이 존속할 가능성이 있음: 유효기간이 확인되지 않음",
    "status.may-have-run-out": "유효기간이 만료되었을 가능성이 있음: 유효기간이 확인되지 않음",
    # The end, and what outlives it.
    "status.ended": "효력 종료: {0:when}",
    "status.ended-by-consent": "전 당사자의 합의에 따라 종료",
    "status.superseded": "후속 문서 {0}에 의하여 대체({1:when})",
    "status.survives": "유효기간 중 접수한 정보는 계속 보호됨: {0:until}",
    "status.rests-on": "{0}의 효력이 있는 동안에만 적용됨({0}의 현재 상태: {1:phase})",
    "status.operation-suspended": "시행정지({0:when})",
    "status.operation-suspended-sometime": "시행정지(시기 불명)",
    "status.articles-suspended": "{0:articles}의 시행정지({1:when})",
    "status.articles-suspended-sometime": "{0:articles}의 시행정지(시기 불명)",
    # Notices.
    "status.notice-received": "{0:list}의 통보 접수({1:when})",
    "status.takes-effect": "통보의 효력발생: {0:when}",
    "status.was-to-take-effect": "통보의 당초 효력발생 예정: {0:when}",
    "status.notice-too-late": "기한이 지나 접수되어 다음 기간에 대한 통보로서 효력을 발생함: {0:when}",
    "status.notice-by-stranger": "{0:list}측은 당사자가 아님: 통보는 효력이 없음",
    "status.notice-of-another": "통보를 한 당사자의 행위가 아님",
    "status.nothing-revives": (
        "통보의 효력발생({0:when}) 후의 행위: 효력이 회복되지 않음(조약법에 관한 비엔나협약 제68조)"
    ),
    "status.notice-withdrawn": "통보 철회({0:when})",
    "status.notice-revoked": "통보 취소({0:when})",
    "status.may-be-revoked": "통보는 효력을 발생하기 전에 언제든지 철회될 수 있음",
    "status.notice-suspended": "통보의 효력정지({0:when})",
    "status.clock-stopped": "통보 기간의 진행 정지({0:when}, 잔여 {1}일)",
    "status.suspended-already": "통보가 이미 정지되어 있음",
    "status.not-suspended": "통보가 정지되어 있지 않음",
    "status.notice-resumed": "통보의 정지 해제({0:when})",
    "status.notice-resumed-effect": "통보의 정지 해제({0:when}), 효력발생: {1:when}",
    # Deadlines.
    "status.notice-by": "이 시점 이후에 접수된 통보로는 현재 기간의 만료 시 종료되지 않음",
    "status.renews": "자동연장",
    "status.ends": "이 시점까지 아무런 행위가 없는 경우 종료",
    "status.ends-by-notice": "철회되지 않는 한 통보({0})에 따라 종료",
    "status.enters-into-force": "발효",
    # What became in law of an act.
    "status.act-ahead": "해당 시점에 아직 행하여지지 않음",
    "status.act-by-stranger": "{0:list}측은 당사자가 아님: 기록에만 남기며 효력이 없음",
    "status.announced": "발표는 법적 효력이 없음",
    "status.read-so": "{0:list}의 해석에 따름({1})",
    "status.speaks-of": "{0}에 관한 행위",
    "status.reads-as": "{0:list}의 해석: {1} 행위는 '{2:reads}'에 해당함",
    "status.corrects": "{0}의 기록 정정",
    "status.not-the-author": "{0}의 행위자가 아님: 기록에만 남기며 변경 없음",
    "status.act-of-kind": "{0:act}",
    "status.act-recorded": "{0:act} 기록",
    # An answer as a whole, line by line.
    "status.settled": "{0}({1}), {2:when} 현재. 답변이 확정됨.",
    "status.open": "{0}({1}), {2:when} 현재. 답변이 확정되지 않음: 필요한 사항 중 불명한 것이 있음.",
    "status.disputed": "{0}({1}), {2:when} 현재. 답변에 다툼이 있음: 당사자 간 해석이 다름.",
    "status.as-read": "{0}의 해석:",
    "status.as-read-several": "{0}의 해석(가능한 답변 {1}건):",
    "status.it-is": "상태: {0:phase}.",
    "status.notice-is": "통보({0}): {1:notice}.",
    "status.notice-is-effect": "통보({0}): {1:notice}, 효력발생 {2:when}.",
    "status.it-ends": "이 시점까지 아무런 행위가 없는 경우의 종료: {0:when}.",
    "status.it-renews": "자동연장: {0:when}.",
    "status.earliest": "{0}측이 현재 행위를 하는 경우 가장 이른 종료: {1:when}.",
    "status.at-will": "{0}측은 수시로 종료시킬 수 있음.",
    "status.by-consent": "{0}측은 전 당사자의 합의에 의하여만 종료시킬 수 있음.",
    "status.earliest-unknown": "{0}측이 현재 행위를 하는 경우의 종료 시기는 불명: 조항이 확인되지 않음.",
    "status.reason": "이유: {0} [{1}].",
    "status.reason-unconfirmed": "이유: {0} [{1}] (미확인).",
    "status.not-known": "불명 사항: {0:missing}.",
}

SENTENCES: Mapping[str, str] = {**STATUS, **DECISIONS, **PERSONS, **PROCEEDINGS, **LICENCES, **EXPORTS}
