import type { Problem } from '../words.ts';

/** An error, read out as soon as it appears; with the reasons of a refusal to unfold. */
export function ProblemNote({ problem }: { problem: Problem | undefined }) {
  return (
    <div role="alert" className="problem-place">
      {problem && (
        <div className="problem">
          <p>{problem.text}</p>
          {problem.explanation && (
            <details>
              <summary>Why was it refused?</summary>
              <p>{problem.explanation.cause}</p>
              {problem.explanation.difference && <pre>{problem.explanation.difference}</pre>}
              <p>{problem.explanation.advice}</p>
            </details>
          )}
        </div>
      )}
    </div>
  );
}
