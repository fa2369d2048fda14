package io.triport.storage.lucene;

import io.triport.testkit.VectorFixture;
import io.triport.testkit.VectorIndexContract;

final class LuceneIndexesTest extends VectorIndexContract {
    @Override
    protected String adapter() {
        return "lucene";
    }

    @Override
    protected VectorFixture create() {
        return new LuceneFixture();
    }
}
