package io.triport.storage.sqlpostgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import io.triport.storage.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A server with the tables of a node, and an operator who may make databases and roles and is nobody special otherwise. */
final class OperatedServer implements AutoCloseable {
    private static final String PASSWORD = "operator";

    private final TestDatabase database = TestDatabase.fresh();
    private final String operator = "operator_of_" + name();

    OperatedServer() {
        this("createdb createrole");
    }

    /** @param rights of the operator */
    OperatedServer(String rights) {
        change("create role " + operator + " login " + rights + " password '" + PASSWORD + "'");
        change("grant all on sql_database to " + operator);
    }

    StorageSettings.PostgreSql settings() {
        return new StorageSettings.PostgreSql(database.engine().url(), operator, Secret.of(PASSWORD));
    }

    String url() {
        return database.engine().url();
    }

    String operator() {
        return operator;
    }

    String password() {
        return PASSWORD;
    }

    /** By the one who may do everything, in the database of a room. */
    Connection connect(Room room) throws SQLException {
        var url = url().replace("/" + name(), "/" + room.name());
        return DriverManager.getConnection(url, "postgres", "postgres");
    }

    /** By the one who may do everything. */
    void change(String sql) {
        try (var connection = DriverManager.getConnection(url(), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    List<String> ask(String sql) {
        try (var connection = DriverManager.getConnection(url(), "postgres", "postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public void close() {
        for (var room : ask("select datname from pg_database where datdba = '" + operator + "'::regrole")) {
            change("drop database " + room + " with (force)");
            change("drop role " + room);
        }
        change("drop owned by " + operator);
        change("drop role " + operator);
        database.close();
    }

    private String name() {
        var url = database.engine().url();
        return url.substring(url.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
