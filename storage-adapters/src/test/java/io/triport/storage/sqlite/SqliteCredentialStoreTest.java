package io.triport.storage.sqlite;

import io.triport.domain.identity.CredentialStore;
import io.triport.testkit.CredentialStoreContract;

final class SqliteCredentialStoreTest extends CredentialStoreContract {
    @Override
    protected Fixture create() {
        return new InFile(new SqliteFixture());
    }

    private record InFile(SqliteFixture fixture) implements Fixture {
        @Override
        public CredentialStore store() {
            return fixture.sqlite().credentials();
        }

        @Override
        public CredentialStore reopen() {
            fixture.reopen();
            return store();
        }

        @Override
        public void close() {
            fixture.close();
        }
    }
}
