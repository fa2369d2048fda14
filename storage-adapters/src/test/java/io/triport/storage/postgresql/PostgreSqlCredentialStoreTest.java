package io.triport.storage.postgresql;

import io.triport.domain.identity.CredentialStore;
import io.triport.testkit.CredentialStoreContract;

final class PostgreSqlCredentialStoreTest extends CredentialStoreContract {
    @Override
    protected Fixture create() {
        var fixture = new PostgreSqlFixture();
        return new Fixture() {
            @Override
            public CredentialStore store() {
                return fixture.storage().credentials();
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
        };
    }
}
