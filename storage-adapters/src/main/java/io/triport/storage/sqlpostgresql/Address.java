package io.triport.storage.sqlpostgresql;

import io.triport.domain.storage.StorageSettings;

/** Where a server is. @param hosts one {@code host[:port]}, or several with commas between @param query of the URL, with its question mark */
record Address(String hosts, String query, Address.Role role) {
    private static final String SCHEME = "jdbc:postgresql://";

    /** What a server is to the others. */
    enum Role {
        PRIMARY,
        REPLICA
    }

    /** @throws IllegalArgumentException for a URL without a host */
    static Address of(StorageSettings.PostgreSql server) {
        var url = server.url();
        var slash = url.indexOf('/', SCHEME.length());
        if (!url.startsWith(SCHEME) || slash < 0) {
            throw new IllegalArgumentException("url: another form (expected: " + SCHEME + "host/database)");
        }
        var question = url.indexOf('?', slash);
        return new Address(
                url.substring(SCHEME.length(), slash), question < 0 ? "" : url.substring(question), Role.PRIMARY);
    }

    /** That of a copy of it. */
    Address replica(String otherHost) {
        return new Address(otherHost, query, Role.REPLICA);
    }

    String url(String database) {
        return SCHEME + hosts + "/" + database + query;
    }
}
