package io.triport.storage.sqlite;

import io.triport.storage.revocation.FollowedFixture;
import io.triport.testkit.RevocationListContract;

final class SqliteRevocationsTest extends RevocationListContract {
    @Override
    protected Fixture create() {
        var file = new SqliteFixture();
        return new FollowedFixture(() -> file.sqlite().revocations(), file::reopen, file::close);
    }
}
