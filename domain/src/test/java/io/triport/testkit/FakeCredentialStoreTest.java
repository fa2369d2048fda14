package io.triport.testkit;

import io.triport.domain.identity.CredentialStore;

final class FakeCredentialStoreTest extends CredentialStoreContract {
    @Override
    protected Fixture create() {
        return new InMemory(new FakeCredentialStore());
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
