import { inLatinLetters } from '../text/look-alikes.ts';
import { nothing, type Sense, sense } from './sense.ts';

/**
 * What is plainly done, in other languages than English and Chinese. Only that is known of them: what reads in one of these
 * excuses nothing.
 */

/** Verbs, as names and titles have them, without accents: the English one that is meant. */
export const verbsAbroad: ReadonlyMap<string, string> = byVerb({
  delete: `eliminar elimina eliminare eliminarlo borrar borra suprimir supprimer supprime effacer efface excluir exclui
    apagar apaga loschen loeschen loscht loescht loschung loeschung entfernen entfernt verwijderen verwijder verwijdert usun hapus smazat slet poista xoa sil cancellare
    cancella rimuovere rimuovi udalit удалить удаляет удалите удаление стереть стирает حذف sakujo`,
  remove: 'remover quitar retirer retire retirar',
  cancel: `cancelar cancela anular annuler annule annullare stornieren storniert отменить отменяет отмена отозвать annulla iptal zrusit batal batalkan huy`,
  update: `actualizar actualiza actualiser actualise mettre atualizar atualiza aktualisieren aktualisiert aggiornare
    aggiorna обновить обновляет обновление`,
  modify: `modificar modifica modifie alterar editar bearbeiten bearbeitet andern aendern andert aendert
    изменить изменяет изменение редактировать`,
  save: `guardar guarda salvar sauvegarder enregistrer speichern speichert salvare сохранить сохраняет сохранение`,
  create: `crear criar creer anlegen erstellen erstellt erzeugen создать создает создание`,
  add: `ajouter ajoute anadir agregar agrega adicionar adiciona hinzufugen hinzufuegen aggiungere aggiungi добавить добавляет
    добавление`,
  insert: 'insertar inserir inserer einfugen einfuegen вставить',
  send: 'enviar envia envoyer senden sendet verschicken inviare отправить отправляет отправка послать',
  start: 'iniciar demarrer starten startet avviare запустить запускает запуск',
  stop: `detener arreter stoppen stoppt anhalten beenden beendet fermare остановить останавливает остановка`,
  restart: `reiniciar reinicia redemarrer neustarten neustart riavviare перезапустить перезагрузить перезапуск перезагрузка`,
  reset: `restablecer reinitialiser zurucksetzen zuruecksetzen redefinir сбросить сбрасывает сброс`,
  clear: 'vaciar vider leeren limpiar limpar svuotare очистить очищает очистка',
  disable: `desactivar desactiva desactiver desativar deaktivieren deaktiviert sperren sperrt bloquear bloquer отключить отключает
    отключение заблокировать блокирует блокировка`,
  enable: `activar activer ativar aktivieren aktiviert freischalten entsperren desbloquear включить включает включение
    разблокировать`,
  approve: 'aprobar aprovar approuver genehmigen genehmigt одобрить одобряет подтвердить подтверждение',
  reject: 'rechazar rejeitar rejeter ablehnen отклонить отклоняет',
  buy: 'comprar acheter kaufen купить',
  pay: 'pagar bezahlen оплатить оплата',
  refund: 'reembolsar rembourser erstatten вернуть возврат',
  publish: 'publicar publier veroffentlichen veroeffentlichen опубликовать',
  upload: 'hochladen загрузить',
  import: 'importar importieren importare импортировать импорт',
  export: 'exportar exportieren esportare экспортировать экспорт',
  download: 'descargar baixar telecharger herunterladen скачать',
  execute: 'ejecutar executar executer ausfuhren ausfuehren выполнить',
  logout: 'abmelden deconnexion deconnecter desconectar sair выйти',
});

function byVerb(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([verb, words]) => words.split(/\s+/).map((word) => [word, verb] as const)),
  );
}

/** "Suppression de la commande": the deed as a noun, and words that are English as well. Without accents. */
const deedOf =
  /^(?:(?:suppression|annulation|modification|creation|mise a jour|(?:des)?activation|reinitialisation|envoi|ajout|(?:elimina|cancela|modifica|crea|actualiza|anula|desactiva)cion|borrado|(?:exclus|atualizac|criac|alterac|desativac|remoc)ao|cancelamento|eliminazione|cancellazione|aggiornamento|modifica)\s+(?:de|del|du|des|do|da|dos|das|di|della|(?:d|dell)['’])|modifier\s+(?:le|la|les|un|une|l['’]|mon|ma|mes|votre|vos|son|sa|ses))(?:\b|(?<=['’]))|^cerrar\s+sesion\b/i;

const japanese =
  '削除|消去|抹消|除去|破棄|取り?消し?|キャンセル|更新|変更|修正|編集|追加|登録|作成|保存|送信|送付|配信|停止|開始|起動|再起動|中止|終了|実行|' +
  '承認|却下|否認|無効化|有効化|初期化|リセット|クリア|ログアウト|ログイン|サインアウト|解約|退会|返金|払い?戻し|支払い?|決済|購入|発注|発行|解除|(?<![ァ-ヴー])ロック|' +
  'アップロード|インポート|エクスポート|ダウンロード|公開|非公開化|申請|申し?込み?|予約|確定|反映|同期|切り?替え?|設定変更|投稿|転送|移動|コピー|複製|割り?当て?|' +
  '付与|通知|出荷|アップデート|適用|締め';
const korean =
  '삭제|제거|취소|초기화|로그아웃|로그인|변경|수정|등록|추가|생성|발송|전송|재시작|재부팅|시작|중지|정지|종료|승인|반려|거절|거부|환불|결제|업데이트|갱신|저장|' +
  '비활성화|활성화|차단|해제|잠금|탈퇴|해지|발급|실행|구매|예약|업로드|다운로드|내보내기|가져오기|동기화|리셋|이동|복사|배포|발행|신청|가입|적용|입금|출금|이체|' +
  '송금|충전|지급|비우기|지우기|켜기|끄기|보내기|바꾸기|만들기';

/** Both say last what is done, and then perhaps that it is. */
const saidLast = new RegExp(
  `(${japanese})(?:を?(?:する|します|しました|行う|行います|実施(?:する|します)?)|した?い|処理|用)*(?:です)?$|` +
    `(${korean})(?:을|를)?\\s*(?:하기|합니다|한다|하다|함|해요|처리|요청|진행)*$`,
  'u',
);
/** And first what is done before something else: 削除して一覧を取得. */
const saidBefore = new RegExp(
  `(${japanese})(?:して(?!い|お)|し[、,]|した?[後のち])|(${korean})(?:하고|한 ?후|하여|해서|하며)(?:\\s|$)`,
  'u',
);
const closing =
  /(?:API|エンドポイント|インターフェース|メソッド|機能|엔드포인트|기능|인터페이스|[\s。.!！])+$/iu;

/** Of these one may mean the things: 予約 is a reservation. */
const alsoNouns =
  /^(?:予約|通知|購入|申請|支払い?|決済|返金|発注|コピー|예약|결제|환불|구매|신청|입금|출금|이체|송금|충전)$/u;

/** What is longer is none. */
const longestTitle = 300;

/** What a title says that is in Japanese or Korean, or begins with the noun of a deed. */
export function senseOfTitleAbroad(title: string): Sense {
  const text = title
    .slice(0, longestTitle)
    .trim()
    .replace(/[（(［[][^（()）［\][］]*[)）\]］]/gu, '');
  const bare = text.replace(closing, '');
  const found = saidLast.exec(bare) ?? saidBefore.exec(bare) ?? deedOf.exec(inLatinLetters(bare));
  if (found === null) return nothing;
  const word = found[1] ?? found[2] ?? found[0];
  return sense('change', word, alsoNouns.test(word) ? 'soft' : 'hard');
}

/** Whether there are letters of Japanese or Korean that are not Chinese as well. */
export function isJapaneseOrKorean(text: string): boolean {
  return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text);
}

/** What a Japanese title ends in that is looked at, whatever was done to it before. */
export const looksAt =
  /(?:一覧|取得|検索|照会|詳細|参照|表示|確認|閲覧|履歴|情報|件数|状況|状態|日時|時刻|リスト|ステータス|結果|集計|統計|レポート|ログ|ランキング|マスタ|プレビュー|チェック|判定|可否|有無|番号)(?:を?(?:する|します))?[\s。.]*$/u;

/** What titles say that only read, without accents; Slavic words by their beginnings. */
const readingAbroad =
  /\b(?:list\w*|elenc\w*|obten\w*|obtien\w*|obter|consult\w*|busca\w*|ver|muestra|mostra\w*|recuper\w*|recherch\w*|affich\w*|voir|detail\w*|detalh\w*|detall\w*|dettagl\w*|abruf\w*|anzeig\w*|such\w*|hol(?:e|en|t)|les(?:en|e)|uber(?:blick|sicht)|zusammenfassung|resum\w*|historique|historial|historico|verlauf|statisti\w*|estad\w*|etat|estado|status|info\w*|get|search|find|show|view|read|danh sach|chi tiet|thong tin|lay|xem|tim kiem|getir\w*|goster\w*|goruntule\w*|ara|liste\w*|seznam|zobraz\w*|najdi|hamta\w*|visa|sok|hae|nayta|lekerdez\w*|afiseaz\w*|obtine\w*|pobier\w*|wyswietl\w*|szukaj|pokaz\w*)\b|спис|получ|показ|просмотр|поиск|найти|истори|отобра|статист|сведени|информац|детал|отримат|перегля|пошук|преглед|намери/iu;

/** Letters of languages whose verbs are not in the table above. */
const foreign = /[^\P{L}\p{ASCII}\p{Script=Han}àâáãäæçéèêëíîïñóôõöœúùûüßÀÂÁÃÄÆÇÉÈÊËÍÎÏÑÓÔÕÖŒÚÙÛÜ]/u;

/** Whether a title is in a language of which too little is known to say that it reads, and no word of it does. */
export function isUnreadAbroad(title: string): boolean {
  if (!foreign.test(title) || isJapaneseOrKorean(title)) return false;
  return !readingAbroad.test(title.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd'));
}
