package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the database is, and who asks it. @param url a JDBC URL without credentials; its parameters win over our defaults */
public record PostgreSqlSettings(String url, String user, Secret password, StorageSettings.Bounds bounds) {
    private static final String SCHEME = "jdbc:postgresql:";
    private static final int CONNECT_SECONDS = 1;
    private static final int LOGIN_SECONDS = 3;

    public PostgreSqlSettings {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException("url: another scheme (expected: " + SCHEME + "//host/database)");
        }
    }

    /** Within the usual bounds. */
    public PostgreSqlSettings(String url, String user, Secret password) {
        this(url, user, password, StorageSettings.Bounds.USUAL);
    }

    /** Connections without a bound on their statements. */
    DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(LOGIN_SECONDS);
        source.setURL(url);
        source.setUser(user);
        source.setPassword(text(password));
        return source;
    }

    /** For the driver, of connections that keep no thread waiting for long. */
    Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", text(password));
        properties.setProperty("ApplicationName", "triport");
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", Long.toString(silenceSeconds()));
        properties.setProperty("cancelSignalTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /** Longer than the server gives a statement, so that its answer, which tells more, comes first. */
    private long silenceSeconds() {
        return bounds.statement().plusMillis(1999).toSeconds();
    }

    private static String text(Secret secret) {
        return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
