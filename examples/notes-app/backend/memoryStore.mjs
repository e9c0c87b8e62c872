// Notes and connections in memory: what the functions use on your own machine.

/** Makes the store of notes: `of(identityId)` gives those of one user, apart from all others'. */
export const createMemoryStore = () => createByUser(createNotes);

/** Makes the store of connections, in the same form. */
export const createMemoryConnections = () => createByUser(createConnections);

function createByUser(create) {
  const users = new Map();
  return {
    of(identityId) {
      if (!users.has(identityId)) users.set(identityId, create());
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

/** A connection is `{ id, connectedAt }`, the latter in ms since 1970. */
function createConnections() {
  const connections = new Map();
  return {
    async list() {
      return [...connections.values()];
    },
    async put(connection) {
      connections.set(connection.id, connection);
    },
    async remove(id) {
      connections.delete(id);
    },
  };
}
