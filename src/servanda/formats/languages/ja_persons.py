"""The sentences about persons, visits and contractors' facilities in Japanese, by code."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # What was granted, and whether it still holds.
    "grant.counts": "行為（{0}）の効果の発生",
    "grant.granted": "{0}の記録がある",
    "grant.hour-open": "{0}の時刻は不明",
    "grant.later": "{0}は後の時点のものである",
    "grant.runs-out": "{0}により付与されたものの期限の満了",
    "grant.ran-out": "{0}により付与されたものの期限は満了（{1:when}）",
    "grant.running-out": "{0}により付与されたものの期限の満了の有無は不明",
    "grant.revoked": "{0}は取消し済み（{1:when}）",
    # Persons.
    "person.not-listed": "{0}は取扱者名簿に登載されていない：階級又は地位のみによる取扱いは認められない",
    "person.listed": "{0}は取扱者名簿に登載されている",
    "person.not-cleared": "{0}は{1}による「{2}」までの取扱資格を有しない",
    "person.cleared": "{0}は「{1}」までの取扱資格を有する",
    "person.no-clearance-asked": "「{0}」は、取扱資格を要する「{1}」に満たない",
    "person.not-assured": "{0}は{2}に関する保証を{1}に与えていない",
    "person.assured": "{0}は{1}に関する保証を与えている",
    "person.level-unknown": "「{0}」は、記録された{1}の秘密区分にない",
    # Visits and facilities.
    "visit.none": "当該時点において「{2}」までの{0}による{1}への訪問の許可がない",
    "visit.permitted": "{0}は「{2}」まで{1}を訪問することができる",
    "visit.too-low": "訪問の許可（{0}）の上限は「{1}」である",
    "facility.not-cleared": "施設（{0}）は{1}による「{2}」までの適格性の認定を受けていない",
    "facility.cleared": "施設（{0}）は「{1}」までの適格性の認定を受けている",
    "facility.not-inspected": "{1}による{0}の検査の記録がない",
    "facility.failed": "{0}の直近の検査は不合格",
    "facility.lapsed": "{0}の検査の次回期限は経過（{1:when}）",
    "facility.open": "{0}の検査の期限の到来の有無は不明",
    "facility.inspected": "施設（{0}）は直近の検査に合格",
    "facility.due": "{0}の検査の次回期限の到来",
    # What would permit it.
    "change.list": "{0}が{1}を取扱者名簿に登載すること",
    "change.clear": "{0}が{1}に「{2}」までの取扱資格を付与すること",
    "change.assure": "{0}が、{2}の取扱資格、職務上知る必要性及び情報の保護を{1}に保証すること",
    "change.visit": "{0}が{1}による{2}への「{3}」までの訪問を許可すること",
    "change.clear-facility": "{0}が施設（{1}）について「{2}」までの適格性を認定すること",
    "change.inspect": "{0}が施設（{1}）を検査し、合格とすること",
}
