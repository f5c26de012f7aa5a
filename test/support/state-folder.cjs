// Programs that tests start keep their marks here, not in the folders of whoever runs the tests.
const { tmpdir } = require('node:os');
const { join } = require('node:path');
process.env.VITALE_ETAT ??= join(tmpdir(), 'vitale-etat-essais');
