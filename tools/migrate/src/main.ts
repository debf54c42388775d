import { join } from 'node:path';
import { applyMigrations } from '@inventory-events/data-access';
import { loadConnectionString } from './config';

async function main(): Promise<void> {
  const applied = await applyMigrations({
    connectionString: loadConnectionString(process.env),
    directory: join(__dirname, 'migrations'),
  });
  for (const name of applied) console.log(`applied ${name}`);
  console.log(applied.length === 0 ? 'the database is up to date' : `${applied.length} applied`);
}

main().catch((error: Error) => {
  console.error(`migration failed: ${error.message}`);
  if (error.cause instanceof Error) console.error(`  caused by: ${error.cause.message}`);
  process.exitCode = 1;
});
