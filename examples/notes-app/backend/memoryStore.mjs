// Notes in memory: what the function uses on your own machine.

/** Makes the store: `of(identityId)` gives the notes of one user, apart from all others'. */
export function createMemoryStore() {
  const users = new Map();
  return {
    of(identityId) {
      if (!users.has(identityId)) users.set(identityId, createNotes());
      return users.get(identityId);
    },
  };
}

function createNotes() {
  const notes = new Map();
  const files = new Map();
  return {
    async list() {
      return [...notes.values()];
    },
    async get(id) {
      return notes.get(id);
    },
    async put(note) {
      notes.set(note.id, note);
    },
    async remove(id) {
      notes.delete(id);
      files.delete(id);
    },
    async getFile(id) {
      return files.get(id);
    },
    async putFile(id, file) {
      files.set(id, file);
    },
  };
}
