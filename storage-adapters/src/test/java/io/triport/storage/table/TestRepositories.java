package io.triport.storage.table;

/** The repositories as a context makes them, made once for all tests of the process. */
public final class TestRepositories {
    private static final TableRepositories REPOSITORIES =
            TableRepositories.open().getBean(TableRepositories.class);

    private TestRepositories() {}

    public static TableRepositories get() {
        return REPOSITORIES;
    }
}
