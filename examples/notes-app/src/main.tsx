import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './apig.ts'; // before anything asks who is logged in
import { App } from './App.tsx';
import { Failure } from './ui/Failure.tsx';
import './styles.css';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Failure>
      <App />
    </Failure>
  </StrictMode>,
);
