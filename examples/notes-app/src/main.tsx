import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { configure } from 'sigv4-client/apig';
import type { ApigConfig } from 'sigv4-client/apig';
import { App } from './App.tsx';
import { config } from './config.ts';
import './styles.css';

const local = import.meta.env.VITE_LOCAL_AWS;
configure(local ? (JSON.parse(local) as ApigConfig) : config);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
