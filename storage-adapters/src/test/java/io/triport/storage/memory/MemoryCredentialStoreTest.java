package io.triport.storage.memory;

import io.triport.domain.identity.CredentialStore;
import io.triport.testkit.CredentialStoreContract;

final class MemoryCredentialStoreTest extends CredentialStoreContract {
    @Override
    protected Fixture create() {
        return new InMemory(new MemoryCredentialStore());
    }

    private record InMemory(CredentialStore store) implements Fixture {
        @Override
        public CredentialStore reopen() {
            return store;
        }

        @Override
        public void close() {
            // Memory only: nothing to give back.
        }
    }
}
