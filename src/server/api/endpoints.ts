import {
  changeUser,
  createToken,
  createUser,
  forgetTokens,
  getSession,
  listTokens,
  listUsers,
  removeToken,
  removeUser,
  signIn,
  signOut,
} from './access.ts';
import { retrySignIn } from './credentials.ts';
import { listChannels, listMessages, requeueMessages, testChannel } from './channels.ts';
import { listChanges, listDocuments } from './documents.ts';
import {
  acknowledgeIncident,
  checkIncident,
  commentIncident,
  createSilence,
  previewSilence,
  endSilence,
  getIncident,
  listIncidents,
  listSilences,
  unacknowledgeIncident,
} from './incidents.ts';
import { listNodes } from './nodes.ts';
import { checkOperation, getOperation, listOperations, listResults } from './operations.ts';
import { getMeta, getOverview, getServiceDays, runCycle } from './overview.ts';
import { getReport, getReportFile, getSlo } from './reports.ts';
import { changeSetUp, getSetUp, undoSetUp } from './set-up.ts';
import { getConfig, listAudit, reloadConfig } from './settings.ts';
import { changeStatusPost, createStatusPost, getStatusPage, removeStatusPost } from './status-page.ts';
import {
  createWorkerToken,
  listWorkers,
  listWorkerTokens,
  removeWorker,
  removeWorkerToken,
} from './workers.ts';
import { setupChannels, setupMessage, setupSave, setupScan, setupSchemes, setupSignIn } from './setup.ts';

/** Everything below `/api/v1` that speaks JSON, in the order of the OpenAPI document. */
export const endpoints = {
  getMeta,
  getOverview,
  getServiceDays,
  runCycle,
  listNodes,
  listOperations,
  getOperation,
  listResults,
  checkOperation,
  getSetUp,
  changeSetUp,
  undoSetUp,
  listIncidents,
  getIncident,
  acknowledgeIncident,
  checkIncident,
  unacknowledgeIncident,
  commentIncident,
  listSilences,
  createSilence,
  previewSilence,
  endSilence,
  getStatusPage,
  createStatusPost,
  changeStatusPost,
  removeStatusPost,
  listDocuments,
  listChanges,
  getReport,
  getReportFile,
  getSlo,
  listChannels,
  listMessages,
  testChannel,
  requeueMessages,
  forgetTokens,
  retrySignIn,
  getConfig,
  reloadConfig,
  listAudit,
  getSession,
  signIn,
  signOut,
  listUsers,
  createUser,
  changeUser,
  removeUser,
  listTokens,
  createToken,
  removeToken,
  listWorkers,
  listWorkerTokens,
  createWorkerToken,
  removeWorkerToken,
  removeWorker,
  setupScan,
  setupSchemes,
  setupSignIn,
  setupChannels,
  setupMessage,
  setupSave,
} as const;
