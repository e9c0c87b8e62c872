/** `npx cdk deploy`: the notes app's AWS side. Its outputs are what ../notes-app/src/config.ts wants. */
import { App } from 'aws-cdk-lib';
import { NotesStack } from './stack.ts';

const app = new App();
new NotesStack(app, 'Notes', { allowedOrigin: process.env.ALLOWED_ORIGIN ?? 'http://localhost:5173' });
app.synth();
