package io.triport.storage.postgresql;

import io.triport.storage.revocation.FollowedFixture;
import io.triport.testkit.RevocationListContract;

final class PostgreSqlRevocationsTest extends RevocationListContract {
    @Override
    protected Fixture create() {
        var node = new PostgreSqlFixture();
        return new FollowedFixture(() -> node.storage().revocations(), node::reopen, node::close);
    }
}
