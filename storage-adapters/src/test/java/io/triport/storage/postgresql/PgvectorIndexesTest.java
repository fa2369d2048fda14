package io.triport.storage.postgresql;

import io.triport.testkit.AbsentVectorFixture;
import io.triport.testkit.VectorCapability;
import io.triport.testkit.VectorFixture;
import io.triport.testkit.VectorIndexContract;

/** On a small server the row says so, and where no server of the machine has the extension, it is one that claims nothing. */
final class PgvectorIndexesTest extends VectorIndexContract {
    @Override
    protected String adapter() {
        if (VectorServer.settings().isEmpty()) {
            return "pgvector-untested";
        }
        return VectorServer.small() ? "pgvector-pglite" : "pgvector";
    }

    @Override
    protected VectorFixture create() {
        return VectorServer.settings()
                .<VectorFixture>map(PgvectorFixture::new)
                .orElseGet(() -> new AbsentVectorFixture(VectorCapability.A_SERVER_WITH_PGVECTOR));
    }
}
