/** `sigv4-client presign`. */
export { presignCommand } from './presign.js';
