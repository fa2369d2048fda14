package io.triport.storage.postgresql;

import io.triport.testkit.AbsentVectorFixture;
import io.triport.testkit.VectorCapability;
import io.triport.testkit.VectorFixture;
import io.triport.testkit.VectorIndexContract;

/** Where no server of the machine has the extension, the row is one that claims nothing. */
final class PgvectorIndexesTest extends VectorIndexContract {
    @Override
    protected String adapter() {
        return VectorServer.settings().isPresent() ? "pgvector" : "pgvector-untested";
    }

    @Override
    protected VectorFixture create() {
        return VectorServer.settings()
                .<VectorFixture>map(PgvectorFixture::new)
                .orElseGet(() -> new AbsentVectorFixture(VectorCapability.A_SERVER_WITH_PGVECTOR));
    }
}
