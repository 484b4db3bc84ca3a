"""The sentences about persons, visits and contractors' facilities in Korean, by code."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # What was granted, and whether it still holds.
    "grant.counts": "행위({0})의 효과 발생",
    "grant.granted": "{0}의 기록이 있음",
    "grant.hour-open": "{0}의 시각 불명",
    "grant.later": "{0}의 시점이 이후임",
    "grant.runs-out": "{0}에 따라 부여된 사항의 기한 만료",
    "grant.ran-out": "{0}에 따라 부여된 사항의 기한이 만료됨({1:when})",
    "grant.running-out": "{0}에 따라 부여된 사항의 기한 만료 여부 불명",
    "grant.revoked": "{0}의 취소({1:when})",
    # Persons.
    "person.not-listed": "{0}의 취급인가자 명부 등재가 없음: 계급 또는 직위만으로는 취급할 수 없음",
    "person.listed": "{0}의 취급인가자 명부 등재가 있음",
    "person.not-cleared": "{0}에 대한 {1}의 '{2}' 등급까지의 비밀취급 인가가 없음",
    "person.cleared": "{0}에 대한 '{1}' 등급까지의 비밀취급 인가가 있음",
    "person.no-clearance-asked": "'{0}' 등급은 비밀취급 인가를 요하는 '{1}' 등급에 미치지 않음",
    "person.not-assured": "{0}측이 {2}에 관한 보증을 {1}측에 제공하지 않음",
    "person.assured": "{0}측이 {1}에 관한 보증을 제공함",
    "person.level-unknown": "'{0}' 등급은 기록된 {1}의 비밀등급에 없음",
    # Visits and facilities.
    "visit.none": "해당 시점에 {0}의 {1} 방문에 대한 '{2}' 등급까지의 승인이 없음",
    "visit.permitted": "{0}의 {1} 방문이 '{2}' 등급까지 승인됨",
    "visit.too-low": "방문 승인({0})의 상한은 '{1}' 등급임",
    "facility.not-cleared": "시설({0})에 대한 {1}의 '{2}' 등급까지의 시설보안 인가가 없음",
    "facility.cleared": "시설({0})에 대한 '{1}' 등급까지의 시설보안 인가가 있음",
    "facility.not-inspected": "{1}의 {0} 점검 기록이 없음",
    "facility.failed": "{0}의 최근 점검 결과 불합격",
    "facility.lapsed": "{0}의 차기 점검 기한이 경과함({1:when})",
    "facility.open": "{0}의 점검 기한 도래 여부 불명",
    "facility.inspected": "시설({0})의 최근 점검 결과 합격",
    "facility.due": "{0}의 차기 점검 기한 도래",
    # What would permit it.
    "change.list": "{0}측이 {1}의 취급인가자 명부 등재를 실시할 것",
    "change.clear": "{0}측이 {1}에 대하여 '{2}' 등급까지 비밀취급을 인가할 것",
    "change.assure": "{0}측이 {2}의 비밀취급 인가, 직무상 알 필요 및 정보 보호를 {1}측에 보증할 것",
    "change.visit": "{0}측이 {1}의 {2} 방문을 '{3}' 등급까지 승인할 것",
    "change.clear-facility": "{0}측이 시설({1})에 대하여 '{2}' 등급까지 시설보안을 인가할 것",
    "change.inspect": "{0}측이 시설({1})을 점검하여 합격 판정을 할 것",
}
