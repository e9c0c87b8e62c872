/** `sigv4-client doctor`. */
export { doctorCommand } from './doctor.js';
