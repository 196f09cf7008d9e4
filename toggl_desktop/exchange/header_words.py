"""What Toggl's languages call the columns of a detailed report. Data only."""

from __future__ import annotations

from typing import Final

START_OFFSET: Final = "Start offset"
STOP_OFFSET: Final = "End offset"

WORDS: Final[dict[str, str]] = {
    "user": """user | member | person | benutzer | nutzer | mitglied | utilisateur | membre
        | usuario | miembro | usuário | utilizador | membro | użytkownik | członek | utente
        | ユーザー | メンバー | gebruiker | lid | kasutaja | пользователь""",
    "email": """email | e-mail | email address | e-mail-adresse | adresse e-mail | courriel
        | correo | correo electrónico | メール | メールアドレス | eメール | e-post | эл. почта""",
    "client": """client | customer | kunde | cliente | klient | クライアント | 顧客 | klant
        | клиент""",
    "project": """project | projekt | projet | proyecto | projeto | progetto | プロジェクト
        | проект""",
    "task": """task | aufgabe | tâche | tarea | tarefa | zadanie | attività | タスク | taak
        | ülesanne | задача""",
    "description": """description | time entry | beschreibung | descripción | descrição | opis
        | descrizione | 説明 | 詳細 | 内容 | omschrijving | beschrijving | kirjeldus
        | описание""",
    "billable": """billable | abrechenbar | verrechenbar | facturable | faturável | cobrável
        | rozliczalne | płatne | fakturowane | fatturabile | 請求可能 | 請求対象 | 有償
        | factureerbaar | arveldatav | оплачиваемый""",
    "start_date": """start date | startdatum | anfangsdatum | date de début | fecha de inicio
        | fecha inicio | fecha de comienzo | data de início | data inicial
        | data rozpoczęcia | data początkowa | data di inizio | data inizio
        | 開始日 | 開始日付 | begindatum | alguskuupäev | дата начала""",
    "start_time": """start time | startzeit | anfangszeit | heure de début | hora de inicio
        | hora inicio | hora de comienzo | hora de início | hora inicial
        | godzina rozpoczęcia | czas rozpoczęcia | ora di inizio | ora inizio
        | 開始時刻 | 開始時間 | starttijd | begintijd | algusaeg | время начала""",
    "stop_date": """end date | stop date | enddatum | stoppdatum | date de fin | fecha de fin
        | fecha fin | fecha de finalización | data de término | data de fim | data final
        | data zakończenia | data końcowa | data di fine | data fine | 終了日 | 終了日付
        | einddatum | stopdatum | lõppkuupäev | дата окончания""",
    "stop_time": """end time | stop time | endzeit | stoppzeit | heure de fin | hora de fin
        | hora fin | hora de finalización | hora de término | hora final
        | godzina zakończenia | czas zakończenia | ora di fine | ora fine | 終了時刻
        | 終了時間 | eindtijd | stoptijd | lõppaeg | время окончания""",
    "duration": """duration | dauer | durée | duración | duração | czas trwania | durata
        | 時間 | 継続時間 | 所要時間 | 期間 | duur | kestus | длительность
        | продолжительность""",
    "tags": """tags | tag | schlagwörter | stichwörter | étiquettes | etiquetas | marcadores
        | etykiety | tagi | etichette | タグ | labels | sildid | теги | метки""",
    "workspace": """workspace | arbeitsbereich | espace de travail | espacio de trabajo
        | espaço de trabalho | obszar roboczy | area di lavoro | spazio di lavoro
        | ワークスペース""",
    "start_offset": START_OFFSET,
    "stop_offset": STOP_OFFSET,
}

CLASSIC: Final = (
    "user",
    "email",
    "client",
    "project",
    "task",
    "description",
    "billable",
    "start_date",
    "start_time",
    "stop_date",
    "stop_time",
    "duration",
    "tags",
)
"""The columns of the Reports API, in its order; Amount may follow."""

NEWER: Final = (
    "description",
    "duration",
    "user",
    "email",
    "project",
    "tags",
    "start_date",
    "start_time",
    "stop_date",
    "stop_time",
)
"""The columns of the newer web report, as it comes when nobody has chosen others."""
