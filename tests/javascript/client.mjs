// What @xapi/xapi writes to the record and reads from it again. Prints one line of JSON.
// Its ESM file lacks the extension that Node asks for: the CommonJS one is the one for Node.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.NODE_MODULES}/`);
const XAPI = require("@xapi/xapi").default ?? require("@xapi/xapi");

const [endpoint, key, secret, version] = process.argv.slice(2);
const xapi = new XAPI({ endpoint, auth: XAPI.toBasicAuth(key, secret), version });
const actor = { objectType: "Agent", account: { homePage: "https://lms.example", name: "persona-1" } };
const verb = { id: "http://adlnet.gov/expapi/verbs/experienced", display: { es: "vio" } };
const activity = (number) => ({
  objectType: "Activity",
  id: `https://lms.example/unidad/${number}`,
  definition: { name: { es: `Unidad ${number} ñ` } },
});

const statements = Array.from({ length: 5 }, (_, number) => ({ actor, verb, object: activity(number) }));
const ids = (await xapi.sendStatements({ statements })).data;
const one = (await xapi.getStatement({ statementId: ids[0] })).data;

let page = (await xapi.getStatements({ agent: actor, limit: 2 })).data;
const found = page.statements.map((statement) => statement.id);
while (page.more) {
  page = (await xapi.getMoreStatements({ more: page.more })).data;
  found.push(...page.statements.map((statement) => statement.id));
}

const place = { activityId: activity(0).id, agent: actor, stateId: "marcador" };
await xapi.setState({ ...place, state: { pagina: 3 } });
await xapi.createState({ ...place, state: { tema: "ética" } });
const state = (await xapi.getState(place)).data;
await xapi.deleteState(place);
const left = (await xapi.getStates({ activityId: place.activityId, agent: actor })).data;

await xapi.voidStatement({ actor, statementId: ids[1] });
const voided = (await xapi.getVoidedStatement({ voidedStatementId: ids[1] })).data;
const about = (await xapi.getAbout()).data;

console.log(JSON.stringify({ ids, one, found, state, left, voided: voided.id, versions: about.version }));
