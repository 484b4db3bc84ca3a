"""Words of trade and of institutions that lists translate and do not transliterate.

A list has `Korea Mining Development Trading Corporation` where its bearer writes 조선광업개발무역회사: no
transliteration leads from one to the other, but all of its words are common ones. It is a second reading of
a name and never the only one, since lists also transliterate (`AO KONTSERN ALMAZ-ANTEI`). Each row is English
as lists have it and its counterparts in Han characters (simplified, traditional, Japanese), Hangul and
Cyrillic. Names proper are not here, and no single character: one is part of too many names.
"""

from __future__ import annotations

import re

_ROWS = """
academy of sciences: 科学院 科學院 과학원
academy: 研究院 学院 學院 академия
aerodynamics: 空气动力 空気動力 空氣動力
aerospace: 航天 宇宙航空 항공우주
agency: 통신사 агентство
agricultural: 农业 農業 농업
air force: 空军 空軍 공군
aircraft: 飞机 飛機 航空機 비행기
airlines: 航空公司 авиакомпания авиалинии
army: 陆军 陸軍 육군
association: 协会 協會 協会 협회 ассоциация
atomic energy: 原子力 原子能 원자력
automation: 自动化 自動化 자동화
aviation: 航空 항공 авиация авиационная авиационный
bank: 银行 銀行 은행 банк
branch: 支社 支店 分公司 지사 지점
bureau: 总局 總局 総局 총국 бюро
center: 中心 センター 센터 중심 центр
central: 中央 중앙
chemical: 化工 化学 化學 화학 химический химическая
china: 中国 中國 중국
coal: 煤炭 石炭 석탄
committee: 委员会 委員会 委員會 위원회 комитет
communication: 通信 通讯 通訊 통신
complex: 联合企业 連合企業所 련합기업소 комплекс комбинат
computer: 计算机 計算機 电脑 電腦 コンピュータ 컴퓨터
concern: концерн
construction: 建设 建設 건설
control: 控制 制御
credit: 信用 신용
defense: 国防 國防 국방
department store: 百货 百貨店 백화점
department: 部门 部門 부문 департамент
design: 设计 設計 설계
development: 开发 開發 開発 发展 發展 発展 개발 발전
digital: 数字 數字 디지털
economic: 经济 經濟 経済 경제
electric: 电气 電氣 電気 전기
electronics: 电子 電子 전자 электроника
energy: 能源 エネルギー 에너지
engineering: 工程 エンジニアリング 엔지니어링 공정
enterprise: 企业 企業 기업 предприятие
equipment: 设备 設備 설비 装备 裝備
exchange: 交易所 거래소 биржа
exhibition: 展览 展覽
export: 出口 輸出 수출 экспорт
factory: 工厂 工廠 工場 공장 фабрика
finance: 金融 财务 財務 금융 재정
foreign trade: 外贸 外貿 対外貿易 대외무역
foundation: 基金会 基金會 財団 재단 фонд
fund: 基金 기금
garment: 服装 服裝
general corporation: 総会社 총회사
general: 総合 综合 綜合 종합
group: 集团 集團 グループ 그룹 группа
heavy: 重型
hospital: 医院 醫院 病院 診療所 병원 больница
hotel: 饭店 飯店 酒店 ホテル 호텔
import and export: 进出口 進出口 輸出入 수출입
import: 进口 輸入 수입 импорт
industrial: 实业 實業 実業
industry: 工业 工業 产业 產業 産業 공업 산업 промышленность
information: 信息 情报 情報 정보
institute of technology: 理工大学 理工大學 工業大学 工业大学 工業大學 工科大学
institute: 研究所 연구소 институт
instrument: 仪器 儀器 器械
insurance: 保险 保險 保険 보험
international: 国际 國際 国際 국제
investment: 投资 投資 투자 инвестиции инвест
iran: 伊朗 イラン 이란 иран
iron works: 製鉄所 제철소
japan: 日本 일본
joint venture: 合资 合資 合弁 合営 합영 합작
korea: 朝鲜 朝鮮 조선
laboratory: 实验室 實驗室 実験室 лаборатория
light: 轻工 輕工 경공업
logistics: 物流 물류 логистика
machine: 机床 機床 工作機械 공작기계
machinery: 机械 機械 기계
manufacturing: 制造 製造 제조
marine: 海洋 해양
maritime: 海事 해사
material: 材料 재료
medical: 医疗 醫療 医療 의료
metal: 金属 金屬 금속
military: 军事 軍事 군사
mine: 矿山 礦山 鉱山 광산
mineral: 矿产 礦產
mining: 矿业 礦業 鉱業 광업
ministry of industry: 工業省 産業省 공업성
ministry: министерство
missile: 导弹 導彈 ミサイル 미사일
motor: 汽车 汽車 自動車 자동차
munitions: 军需 軍需 군수
national: 国家 國家 国立 국가
navy: 海军 海軍 해군
network: 网络 網絡 ネットワーク 네트워크
nuclear: 核能
office: 事务所 事務所 사무소
oil: 石油 석유 нефть
optical: 光学 光學 광학
petroleum: 石油化工
pharmaceutical: 制药 製藥 製薬 제약
physics: 物理 물리
plant: завод
power: 电力 電力 전력
precision: 精密 정밀
product: 产品 產品
pyongyang: 平壤 平壌 평양
red cross: 红十字 紅十字 赤十字 적십자
research: 研究 연구
rocket: 火箭 ロケット 로케트 로켓
russia: 俄罗斯 俄羅斯 ロシア 러시아 россия россии
science and technology: 科技 과학기술
science: 科学 科學 과학
semiconductor: 半导体 半導體 半導体 반도체
service: 服务 服務 サービス 서비스
ship: 船舶 선박
shipbuilding: 造船 조선소
shipping: 航运 航運 海运 海運 해운
shipyard: 造船厂 造船廠 造船所 верфь
software: 软件 軟體 ソフトウェア 소프트웨어
space: 宇宙空間 空间 空間 宇宙 우주
special: 特殊 特种 特種 특수
state: 国营 國營 国営 국영
steel: 钢铁 鋼鐵 鉄鋼 製鉄 강철 제철 сталь
supply: 供应 供應 공급
system: 系统 系統 システム 시스템
taiwan: 台湾 台灣 臺灣 대만
technical: 技术性
technology: 技术 技術 기술 технология технологии
telecommunication: 电信 電信
textile: 纺织 紡織
trading: 贸易 貿易 商贸 商貿 무역 торговля
transport: 运输 運輸 運送 운수 운송 транспорт
trust: 信托 信託 신탁
union: 联合 聯合 連合 연합
university: 大学 大學 대학교 대학 университет
vehicle: 车辆 車輛 車両 차량
"""
MEANINGS: dict[str, str] = {
    word: english
    for row in _ROWS.strip().splitlines()
    for english, _, words in (row.partition(": "),)
    for word in words.split()
}
_EAST = "\u2e80-\u9fff\uac00-\ud7a3"
_LONGEST_FIRST = sorted(MEANINGS, key=len, reverse=True)
_INSIDE = re.compile("|".join(one for one in _LONGEST_FIRST if re.match(f"[{_EAST}]", one)))
"""Words of scripts that leave no space between words: they are looked for anywhere."""
_WHOLE = re.compile(rf"\b(?:{'|'.join(one for one in _LONGEST_FIRST if not _INSIDE.fullmatch(one))})\b")
_ANY = re.compile(rf"[\u0400-\u04ff{_EAST}]")


def in_english(text: str) -> str:
    """Return a text whose common words stand in English, with space around them; names proper stay."""
    if text.isascii() or _ANY.search(text) is None:
        return text
    low = text.lower()
    once = _WHOLE.sub(_meaning, low)
    twice = _INSIDE.sub(_meaning, once)
    return text if twice == low else twice


def _meaning(found: re.Match[str]) -> str:
    return f" {MEANINGS[found.group()]} "
