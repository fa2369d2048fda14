package io.triport.storage.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.DurableFixture;
import io.triport.testkit.DurableObjectsContract;
import java.util.function.Consumer;

/** What holds for objects of a node holds for those of another. */
final class HandedOnObjectsTest extends DurableObjectsContract {
    @Override
    protected String adapter() {
        return "handed-on";
    }

    @Override
    protected DurableFixture create() {
        return new HandedOnFixture();
    }

    @Override
    protected Consumer<Throwable> thrownByCode(String message) {
        return seen -> assertThat(seen)
                .isInstanceOf(FailedThere.class)
                .hasMessageContaining("java.lang.IllegalStateException");
    }
}
