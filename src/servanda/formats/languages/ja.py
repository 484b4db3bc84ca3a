"""The sentences of answers in Japanese, by code, in the register of official documents."""

from __future__ import annotations

from collections.abc import Mapping

from servanda.formats.languages.ja_decisions import SENTENCES as DECISIONS
from servanda.formats.languages.ja_exports import SENTENCES as EXPORTS
from servanda.formats.languages.ja_licences import SENTENCES as LICENCES
from servanda.formats.languages.ja_persons import SENTENCES as PERSONS
from servanda.formats.languages.ja_proceedings import SENTENCES as PROCEEDINGS

STATUS: Mapping[str, str] = {
    # Entry into force.
    "status.entry-on": "効力発生の日：{0:when}",
    "status.signed": "{1:list}が署名（{0:when}）",
    "status.signed-sometime": "{0:list}が署名（時期不明）",
    "status.completed": "{1:list}が国内手続の完了を通告（{0:when}）",
    "status.completed-sometime": "{0:list}が国内手続の完了を通告（時期不明）",
    "status.deposited": "{1:list}が批准書等を寄託（{0:when}）",
    "status.deposited-sometime": "{0:list}が批准書等を寄託（時期不明）",
    "status.whole-day": "ある日に効力を生ずる場合には、当該日の全部にわたり効力を有する",
    "status.provisional": "{0:when}から暫定的に適用",
    "status.provisional-sometime": "暫定的に適用（開始時期不明）",
    "status.not-entered": "未発効：効力発生に必要な行為がなされていない",
    "status.not-signed": "未発効：未署名",
    "status.entry-unread": "効力発生の有無は不明：関係する条項又は行為が未確認",
    "status.enters": "未発効：{0:when}に効力を生ずる",
    # A term and its periods.
    "status.no-fixed-end": "期限の定めなく効力を存続",
    "status.period": "{0:when}から{1:when}0時までの期間、効力を有する",
    "status.extended-period": "自動延長により、{0:when}から{1:when}0時までの期間、効力を有する",
    "status.runs-until": "有効期間の満了：{0:when}",
    "status.extended-until": "合意により{0:when}まで延長",
    "status.presumed": "引き続き効力を有するものとして取り扱う：{0:own}",
    "status.may-run-on": "効力を存続している可能性がある：有効期間が未確認",
    "status.may-have-run-out": "有効期間が満了している可能性がある：有効期間が未確認",
    # The end, and what outlives it.
    "status.ended": "効力の終了：{0:when}",
    "status.ended-by-consent": "全当事者の合意により終了",
    "status.superseded": "{0}により代替（{1:when}）",
    "status.survives": "効力存続中に受領した情報は引き続き保護される：{0:until}",
    "status.rests-on": "{0}が効力を有する間に限り機能する（{0}の現状：{1:phase}）",
    "status.operation-suspended": "運用停止（{0:when}）",
    "status.operation-suspended-sometime": "運用停止（時期不明）",
    "status.articles-suspended": "{0:articles}の運用停止（{1:when}）",
    "status.articles-suspended-sometime": "{0:articles}の運用停止（時期不明）",
    # Notices.
    "status.notice-received": "{0:list}による通告を受領（{1:when}）",
    "status.takes-effect": "通告の効力発生：{0:when}",
    "status.was-to-take-effect": "通告の当初の効力発生予定：{0:when}",
    "status.notice-too-late": "期限後に受領されたため、次の期間の通告として効力を生ずる：{0:when}",
    "status.notice-by-stranger": "{0:list}は当事者でない：通告は効力を生じない",
    "status.notice-of-another": "通告を行った当事者による行為でない",
    "status.nothing-revives": (
        "通告の効力発生（{0:when}）後の行為：効力は回復しない（条約法に関するウィーン条約第68条）"
    ),
    "status.notice-withdrawn": "通告を撤回（{0:when}）",
    "status.notice-revoked": "通告を取消し（{0:when}）",
    "status.may-be-revoked": "通告は、効力を生ずる前にいつでも撤回することができる",
    "status.notice-suspended": "通告の効力を停止（{0:when}）",
    "status.clock-stopped": "通告に係る期間の進行を停止（{0:when}、残余{1}日）",
    "status.suspended-already": "通告は既に停止されている",
    "status.not-suspended": "通告は停止されていない",
    "status.notice-resumed": "通告の停止を解除（{0:when}）",
    "status.notice-resumed-effect": "通告の停止を解除（{0:when}）、効力発生：{1:when}",
    # Deadlines.
    "status.notice-by": "この時点以後に受領された通告によっては、現在の期間の満了時に終了しない",
    "status.renews": "自動延長",
    "status.ends": "この時点までに行為がない場合には終了",
    "status.ends-by-notice": "撤回されない限り、通告（{0}）により終了",
    "status.enters-into-force": "効力発生",
    # What became in law of an act.
    "status.act-ahead": "当該時点において未実施",
    "status.act-by-stranger": "{0:list}は当事者でない：記録に留め、効力を生じない",
    "status.announced": "発表は法的効力を有しない",
    "status.read-so": "{0:list}の解釈による（{1}）",
    "status.speaks-of": "{0}に関する行為",
    "status.reads-as": "{0:list}は{1}を「{2:reads}」と解釈する",
    "status.corrects": "{0}の記録を訂正",
    "status.not-the-author": "{0}を行った者でない：記録に留め、何ら変更しない",
    "status.act-of-kind": "{0:act}",
    "status.act-recorded": "{0:act}を記録",
    # An answer as a whole, line by line.
    "status.settled": "{0}（{1}）、{2:when}現在。回答は確定している。",
    "status.open": "{0}（{1}）、{2:when}現在。回答は未確定である：必要な事項に不明なものがある。",
    "status.disputed": "{0}（{1}）、{2:when}現在。回答に争いがある：当事者の解釈が相違する。",
    "status.as-read": "{0}の解釈：",
    "status.as-read-several": "{0}の解釈（可能な回答{1}件）：",
    "status.it-is": "状態：{0:phase}。",
    "status.notice-is": "通告（{0}）：{1:notice}。",
    "status.notice-is-effect": "通告（{0}）：{1:notice}、効力発生は{2:when}。",
    "status.it-ends": "この時点までに行為がない場合の終了：{0:when}。",
    "status.it-renews": "自動延長：{0:when}。",
    "status.earliest": "{0}が現在行為を行う場合の最も早い終了：{1:when}。",
    "status.at-will": "{0}は随時終了させることができる。",
    "status.by-consent": "{0}は全当事者の合意によってのみ終了させることができる。",
    "status.earliest-unknown": "{0}が現在行為を行う場合の終了の時期は不明：条項が未確認。",
    "status.reason": "理由：{0}〔{1}〕。",
    "status.reason-unconfirmed": "理由：{0}〔{1}〕（未確認）。",
    "status.not-known": "不明な事項：{0:missing}。",
}

SENTENCES: Mapping[str, str] = {**STATUS, **DECISIONS, **PERSONS, **PROCEEDINGS, **LICENCES, **EXPORTS}
