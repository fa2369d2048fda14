package io.triport.storage.lucene;

import io.triport.testkit.VectorFixture;
import io.triport.testkit.VectorIndexContract;

/** The same through the views that {@code Storage} hands out. */
final class ConfinedVectorIndexTest extends VectorIndexContract {
    @Override
    protected String adapter() {
        return "confined-timed";
    }

    @Override
    protected VectorFixture create() {
        return new ViewedVectorFixture();
    }
}
