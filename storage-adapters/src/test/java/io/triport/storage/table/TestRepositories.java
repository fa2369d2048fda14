package io.triport.storage.table;

import io.micronaut.context.ApplicationContext;

/** The repositories as a context makes them, made once for all tests of the process. */
public final class TestRepositories {
    private static final TableRepositories REPOSITORIES =
            ApplicationContext.run().getBean(TableRepositories.class);

    private TestRepositories() {}

    public static TableRepositories get() {
        return REPOSITORIES;
    }
}
