import type { Catalogue } from './entry.ts';

/** What a document is that is of no kind that is read, and what to hand in instead. */
export const documentKindSentences = {
  isNotCallable: [
    'is {kind}: nothing in it is called over HTTP by itself',
    '是{kind}：其中没有可以直接通过 HTTP 调用的接口',
  ],
  isNotReadableYet: [
    'is {kind}: this kind of document is not readable yet',
    '是{kind}：暂不支持读取这种文档',
  ],
  // Kinds.
  aWordDocument: ['a Word document', ' Word 文档'],
  anExcelWorkbook: ['an Excel workbook', ' Excel 工作簿'],
  aPresentation: ['a PowerPoint presentation', ' PowerPoint 演示文稿'],
  aPdf: ['a PDF', ' PDF'],
  anOldOfficeFile: ['an Office file of before 2007', ' 2007 之前的 Office 文件'],
  aZipArchive: ['a ZIP archive', ' ZIP 压缩包'],
  aGzipArchive: ['a gzip archive', ' gzip 压缩包'],
  aRarArchive: ['a RAR archive', ' RAR 压缩包'],
  a7ZipArchive: ['a 7-Zip archive', ' 7-Zip 压缩包'],
  aPicture: ['a picture', '图片'],
  aDatabase: ['a database', '数据库文件'],
  anAsyncApi: ['an AsyncAPI document', ' AsyncAPI 文档'],
  anOpenRpc: ['an OpenRPC document', ' OpenRPC 文档'],
  anArazzoWorkflow: ['an Arazzo workflow', ' Arazzo 工作流'],
  anOverlay: ['an OpenAPI overlay', ' OpenAPI Overlay'],
  aSwagger1: ['a Swagger 1 document', ' Swagger 1 文档'],
  aGatewayConfiguration: ['the configuration of a gateway', '网关配置'],
  aKubernetesManifest: ['a Kubernetes manifest', ' Kubernetes 清单'],
  aPostmanDump: ["a dump of all of Postman's data", ' Postman 的全量数据备份'],
  aPostmanEnvironment: ['a Postman environment', ' Postman 环境变量'],
  anInsomniaEnvironment: ['an Insomnia environment', ' Insomnia 环境变量'],
  aHoppscotchEnvironment: ['a Hoppscotch environment', ' Hoppscotch 环境变量'],
  aThunderClientEnvironment: ['a Thunder Client environment', ' Thunder Client 环境变量'],
  aBrunoRequest: ['a Bruno request', ' Bruno 集合中的单个请求'],
  anEolinkExport: ['an Eolink export', ' Eolink 的导出文件'],
  anApipostExport: ['an Apipost export', ' Apipost 的导出文件'],
  aRap2Repository: ['a RAP2 repository', ' RAP2 仓库'],
  aShowDocExport: ['a ShowDoc export', ' ShowDoc 的导出文件'],
  anApiDocFile: ['the data of apiDoc', ' apiDoc 的数据文件'],
  aGoogleDiscovery: ['a Google API discovery document', ' Google API Discovery 文档'],
  aSmithyModel: ['a Smithy model', ' Smithy 模型'],
  aGraphqlOperation: ['a GraphQL operation with its variables', '带变量的 GraphQL 操作'],
  aListOfDocuments: ['a list of interface documents', '接口文档列表'],
  aWsdl: ['a WSDL document', ' WSDL 文档'],
  aWadl: ['a WADL document', ' WADL 文档'],
  aRaml: ['a RAML document', ' RAML 文档'],
  aJmeterPlan: ['a JMeter test plan', ' JMeter 测试计划'],
  aSoapUiProject: ['a SoapUI project', ' SoapUI 项目'],
  aProtobuf: ['a protobuf file', ' protobuf 文件'],
  aThrift: ['a Thrift file', ' Thrift 文件'],
  aK6Script: ['a k6 script', ' k6 脚本'],
  aGherkinFeature: ['a Gherkin feature', ' Gherkin 特性文件'],
  aTypeSpec: ['a TypeSpec file', ' TypeSpec 文件'],
  // What to hand in instead.
  saveAsMarkdown: [
    'Save it as Markdown (pandoc does) with method and path at each interface, or export OpenAPI from where it was written.',
    '请另存为 Markdown（可用 pandoc 转换），并在每个接口处写明请求方式和路径；或从编写它的工具导出 OpenAPI。',
  ],
  unpackIt: ['Unpack it and name the folder.', '请解压，并在 `docs` 中填写解压后的目录。'],
  exportWhatItShows: [
    'Export what it shows as OpenAPI or Markdown from where it was written.',
    '请从编写它的工具把图中内容导出为 OpenAPI 或 Markdown。',
  ],
  exportFromItsProgram: [
    'Export OpenAPI or Postman from the program that keeps it.',
    '请从使用该数据库的程序导出 OpenAPI 或 Postman 集合。',
  ],
  exportAsOpenapi: ['Export it as OpenAPI 3 (JSON or YAML).', '请导出为 OpenAPI 3（JSON 或 YAML）。'],
  messagesNotCalled: [
    'Messages are not called; describe the HTTP part of the service as OpenAPI.',
    '消息不会被调用；请用 OpenAPI 描述该服务的 HTTP 部分。',
  ],
  writeCallsAsHttp: ['Write the calls to watch as an .http file.', '请把要巡检的调用写成 .http 文件。'],
  nameOpenapiItUses: ['Name the OpenAPI documents that it uses.', '请填写它所引用的 OpenAPI 文档。'],
  applyOverlay: [
    'Apply it and name the OpenAPI document that results.',
    '请先应用它，再填写得到的 OpenAPI 文档。',
  ],
  nameDocumentsBehindGateway: [
    'It tells where requests go, not what they are; name the interface documents of the services behind it.',
    '它只说明请求转发到哪里，不说明有哪些接口；请填写网关后面各服务的接口文档。',
  ],
  nameDocumentsOfDeployed: [
    'Name the interface documents of the service that it deploys.',
    '请填写它所部署的服务的接口文档。',
  ],
  exportEachCollection: [
    'Export each collection as Collection v2.1.',
    '请把每个集合分别导出为 Collection v2.1。',
  ],
  nameCollection: ['It holds variables; name the collection.', '它只有变量；请填写集合文件。'],
  nameOpenCollection: [
    "Name its collection's opencollection.yml, or the folder that holds it.",
    '请填写其集合的 opencollection.yml，或其所在的目录。',
  ],
  nameBrunoCollection: [
    "Name its collection's bruno.json, or the folder that holds it.",
    '请填写其集合的 bruno.json，或其所在的目录。',
  ],
  exportAsPostmanOrMarkdown: [
    'Export it as a Postman collection or as Markdown.',
    '请导出为 Postman 集合或 Markdown。',
  ],
  exportAsMarkdown: ['Export it as Markdown.', '请导出为 Markdown。'],
  convertToOpenapi: ['Convert it to OpenAPI.', '请转换为 OpenAPI。'],
  buildWithSmithy: ['Build it with the smithy-openapi plugin.', '请用 smithy-openapi 插件生成 OpenAPI。'],
  nameGraphqlSchema: [
    'Name the schema, as SDL or as the answer of an introspection query.',
    '请填写 schema：SDL，或内省查询的结果。',
  ],
  nameListed: ['Name the documents that it lists.', '请填写它列出的文档。'],
  soapNotCalled: [
    'SOAP calls are not made; write the ones to watch as an .http file.',
    '不会调用 SOAP 接口；请把要巡检的调用写成 .http 文件。',
  ],
  recordAsHar: [
    'Record the calls as HAR, or write them as an .http file.',
    '请把调用录制为 HAR，或写成 .http 文件。',
  ],
  exportRestOfSoapUi: [
    'Export the definition of its REST services as OpenAPI.',
    '请把其中的 REST 服务定义导出为 OpenAPI。',
  ],
  generateFromProto: [
    'If it is served over HTTP as well, generate OpenAPI from it (protoc-gen-openapi).',
    '如果服务也提供 HTTP 接口，请由它生成 OpenAPI（protoc-gen-openapi）。',
  ],
  thriftNotCalled: ['Thrift is not called over plain HTTP.', 'Thrift 不通过普通 HTTP 调用。'],
  nameWhereMadeFrom: [
    'Name the document that it was made from, or record its calls as HAR.',
    '请填写生成它的文档，或把其中的调用录制为 HAR。',
  ],
  nameTestedService: [
    'Name the document of the service that it tests, or write the calls to watch as an .http file.',
    '请填写被测服务的文档，或把要巡检的调用写成 .http 文件。',
  ],
  emitFromTypeSpec: [
    'Emit OpenAPI from it: tsp compile . --emit @typespec/openapi3.',
    '请由它生成 OpenAPI：tsp compile . --emit @typespec/openapi3。',
  ],
} as const satisfies Catalogue;
