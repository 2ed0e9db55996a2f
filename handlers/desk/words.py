"""What codes are called at the desk: every value here is a Japanese msgid of the console."""

from collections.abc import Mapping

Words = Mapping[str, str]

LEVELS: Words = {"U4": "緊急", "U3": "当日", "U2": "早め", "U1": "通常", "U0": "情報"}

LEVEL_MEANS: Words = {
    "U4": "いのちの危険。いますぐ",
    "U3": "今日のうちに動く",
    "U2": "数日から数週間のうちに困る",
    "U1": "期限のない困りごと",
    "U0": "聞きたいことだけ",
}

REASONS: Words = {
    "crisis": "いのちの危険",
    "rule": "急ぎの条件に当てはまる",
    "sent": "本人が送った",
    "asked": "人と話したい",
    "stuck": "答えが分からなかった",
    "trouble": "処理できなかった",
}

CHANNELS: Words = {"line": "LINE", "web": "ウェブ"}

LANGUAGES: Words = {
    "ja": "日本語",
    "ja-easy": "やさしい日本語",
    "en": "英語",
    "vi": "ベトナム語",
    "ne": "ネパール語",
    "zh": "中国語",
    "zh-Hans": "中国語（簡体字）",
    "zh-Hant": "中国語（繁体字）",
    "ko": "韓国・朝鮮語",
    "pt": "ポルトガル語",
    "pt-BR": "ポルトガル語（ブラジル）",
    "es": "スペイン語",
    "tl": "フィリピノ語",
    "id": "インドネシア語",
    "my": "ミャンマー語",
    "si": "シンハラ語",
    "th": "タイ語",
    "km": "クメール語",
    "mn": "モンゴル語",
    "uk": "ウクライナ語",
    "ru": "ロシア語",
    "ar": "アラビア語",
    "hi": "ヒンディー語",
    "bn": "ベンガル語",
    "ur": "ウルドゥー語",
    "fa": "ペルシア語",
}

FLAGS: Words = {
    "RF_SUICIDE_ACUTE": "自殺の危険がさし迫っている",
    "RF_SUICIDE": "死にたい気持ちがある",
    "RF_VIOLENCE_NOW": "いま暴力を受けている",
    "RF_DV": "DV・虐待のおそれ",
    "RF_CHILD_ABUSE": "子どもの虐待のおそれ",
    "RF_ELDER_DIS_ABUSE": "高齢者・障害者の虐待のおそれ",
    "RF_MEDICAL_NOW": "急な病気やけが",
    "RF_MEDICAL_UNTREATED": "病院に行けない・薬がない",
    "RF_HOMELESS_TONIGHT": "今夜寝る所がない",
    "RF_NO_FOOD_TODAY": "今日食べるものがない",
    "RF_FOOD_LOW": "食べものが少ない",
    "RF_MONEY_CRITICAL": "お金がほとんどない",
    "RF_MONEY_LOW": "お金が少ない",
    "RF_EVICTION_IMMINENT": "家を出る日が近い・入れない",
    "RF_EVICTION_RISK": "家をなくすおそれ",
    "RF_RENT_LATE": "家賃が遅れている",
    "RF_UTILITY_STOPPED": "電気・ガス・水道・電話が止まっている",
    "RF_UTILITY_NOTICE": "止めるという知らせ",
    "RF_PREGNANCY_NO_CARE": "妊娠（健診が分からない・受けていない）",
    "RF_PREGNANCY": "妊娠",
    "RF_VISA_EXPIRED": "在留期限が過ぎている",
    "RF_VISA_EXPIRING": "在留期限が近い",
    "RF_STUDENT_ENROL": "学費が払えない・学籍をなくすおそれ",
    "RF_WAGE_UNPAID": "給料が払われていない",
    "RF_LABOUR_EXPLOIT": "働かせ方による被害（旅券の取り上げ・おどし）",
    "RF_DEBT": "借金を返すのが難しい",
    "RF_SEIZURE": "裁判所・差押えの手紙",
    "RF_DEBT_THREAT": "借金でおどされている",
    "RF_MINOR": "18歳未満",
    "RF_YOUNG_CARER": "ヤングケアラー",
    "RF_HIKIKOMORI": "ひきこもり",
    "RF_8050": "8050問題",
    "RF_ABUSIVE_USER": "ひどいことばが続いている",
}

MODIFIERS: Words = {
    "VM_BABY": "赤ちゃんがいる",
    "VM_PREGNANT": "妊娠している",
    "VM_MINOR": "18歳未満",
    "VM_75": "75歳以上",
    "VM_ALONE": "ひとり",
    "VM_ILL": "病気がある",
    "VM_NO_PHONE": "電話が使えない",
}

INPUTS: Words = {
    "n": "人数",
    "y": "計算した額",
    "d": "次の収入まで",
    "ppd": "1人1日あたり",
    "date": "日付",
    "days": "残り",
    "detector": "文の検知",
}

UNITS: Words = {"n": "{}人", "y": "{}円", "d": "{}日", "ppd": "{}円", "days": "{}日"}

DETECTORS: Words = {
    "suicide": "死にたいという文",
    "suicide_acute": "いま・方法を書いた文",
    "violence": "暴力についての文",
    "medical": "急な病気やけがの文",
    "hunger": "食べていないという文",
    "abuse": "ボットへの暴言",
}

SOURCES: Words = {"answers": "回答から", "text": "本人の文から"}

HOTLINES: Words = {
    "POLICE_EMERGENCY": "警察 110",
    "AMBULANCE": "救急 119",
    "EMERGENCY_ADVICE": "救急安心センター #7119",
    "LIFE_SOS": "#いのちSOS",
    "YORISOI": "よりそいホットライン",
    "DV_PLUS": "DV相談プラス",
    "CHILD_LINE": "児童相談所 189",
}

TRAIL: Words = {
    "queued_crisis": "待ちに入った（いのちの危険）",
    "queued_rule": "待ちに入った（急ぎの条件に当てはまる）",
    "queued_sent": "待ちに入った（本人が送った）",
    "queued_asked": "待ちに入った（人と話したい）",
    "queued_stuck": "待ちに入った（答えが分からなかった）",
    "queued_trouble": "待ちに入った（処理できなかった）",
    "claimed": "引き受けた",
    "replied": "返事をした",
    "corrected": "訳を直した",
    "handed_back": "ボットに戻した",
    "requeued": "待ちに戻した",
    "closed": "終了した",
}

DELIVERY: Words = {
    "due": "送信待ち",
    "sent": "送信済み",
    "failed": "送れませんでした",
    "dropped": "送りませんでした",
}

FAILURES: Words = {
    "blocked": "本人がアカウントをブロックしています",
    "delivery_failed": "LINEにつながりませんでした",
    "delivery_unknown": "届いたかどうか分かりません",
    "delivery_limited": "LINEが混み合っています",
    "delivery_refused": "LINEが受け付けませんでした（ブロックや退会など）",
    "quota_spent": "今月の送信数を使い切りました",
    "reply_token_spent": "返信の期限が過ぎました",
}

KINDS: Words = {
    "sticker": "（スタンプ）",
    "media": "（写真・ファイル。ここでは見られません）",
    "edit": "（文を直しました。直した文は届きません）",
    "other": "（文字ではないもの）",
    "follow": "（友だちに追加）",
    "unfollow": "（ブロック）",
}

EVENTS: Words = {
    "text": "読めなかった文",
    "pick": "処理できなかったボタン",
    "follow": "処理できなかった友だち追加",
    "unfollow": "処理できなかったブロック",
    "unsend": "処理できなかった取り消し",
    "edit": "処理できなかった直し",
    "sticker": "処理できなかったスタンプ",
    "media": "処理できなかった写真・ファイル",
    "other": "処理できなかったできごと",
}

PROVENANCE: Words = {
    "fixed": "固定文",
    "unreviewed": "固定文（訳は未確認の下書き）",
    "human": "本人の文",
    "phrase": "用意した文",
    "machine": "自動翻訳",
    "memory": "相談員が確かめた訳",
    "draft": "試験用の自動翻訳（よくまちがえます）",
    "doubted": "正しく訳せませんでした",
    "partly": "一部だけ訳せました",
    "none": "翻訳なし",
    "waiting": "翻訳中",
}

DOUBTS: Words = {
    "numbers": "数字・日付・時刻が合いません（{about}）",
    "negation": "「する」と「しない」が合いません",
    "term": "決まった用語の訳がありません（{about}）",
    "score": "翻訳の確からしさが足りません（{about}）",
    "back": "訳しもどすと、ちがう文になります",
    "empty": "訳が空でした",
    "echo": "もとの文のままでした",
    "repeated": "同じことばのくり返しになりました",
    "script": "ちがう言語の文字になりました",
    "length": "訳が短すぎるか、長すぎます",
    "none": "この言語の翻訳がありません",
    "unjudged": "試験用の翻訳では、この向きの訳は出しません",
}

WEEKDAYS = ("月", "火", "水", "木", "金", "土", "日")

ASKING_AGAIN = (
    "すみません、よく分かりませんでした。短い文で、もう一度書いてもらえますか。",
    "通訳の人が必要ですか。お金はかかりません。",
)
"""Prepared sentences (locales/phrasebook.jsonl) for what could not be translated reliably."""

REPLY_LENGTH = "送っていません。1文字から2,000文字までで書いてください。"

CORRECTION_LENGTH = "直していません。1つの文の訳は2,000文字までで書いてください。"

NOTHING_CORRECTED = (
    "何も変わっていません。訳を書きなおすか、「このままで正しい」にしるしを付けてください。"
)

ACTIONS_DONE: Words = {
    "claimed": "引き受けました。本人に「相談員が話します」と伝わりました。",
    "replied": "返事を受け付けました。届いたかどうかは、文の下に出ます。",
    "corrected": "訳を直しました。",
    "handed_back": "ボットに戻しました。本人に伝わりました。",
    "requeued": "待ちに戻しました。本人には何も伝わりません。",
    "closed": "相談を終了しました。本人に伝わりました。",
}

ERRORS: Mapping[str, tuple[int, str, str]] = {
    "not_found": (
        404,
        "その相談は見つかりません",
        "番号がちがうか、見ることができない相談です。一覧から選びなおしてください。",
    ),
    "already_taken": (
        409,
        "ほかの人が先に引き受けました",
        "この相談は、ほかの相談員が対応しています。一覧から別の相談を選んでください。",
    ),
    "not_yours": (
        409,
        "いまは、あなたの担当ではありません",
        "担当が変わったので、何も送っていません。続けるときは、引き受けてからもう一度送ってください。",
    ),
    "move_not_allowed": (
        409,
        "いまは、その操作ができません",
        "相談の状態が変わっています。いまの状態を見てから、選びなおしてください。",
    ),
    "slot_open": (
        409,
        "まだ書きかえていない〔　〕があります",
        "何も送っていません。〔日付〕などを、実際のことばに書きかえてから送ってください。",
    ),
    "no_such_words": (
        404,
        "そのことばは見つかりません",
        "何も変わっていません。「ことば」の一覧で、もう一度探してください。",
    ),
    "form_stale": (
        400,
        "この画面は古くなっています",
        "何も変わっていません。前の画面を開きなおして、もう一度操作してください。",
    ),
    "internal": (
        500,
        "処理できませんでした",
        "少し待って、もう一度試してください。続くときは、管理者に伝えてください。",
    ),
}
"""Error code → status, heading, what to do next; codes that are not here read as `internal`."""
