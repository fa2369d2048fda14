package io.triport.storage.jdbc;

import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.ConnectionStatus;
import io.micronaut.data.connection.ConnectionSynchronization;
import io.micronaut.data.connection.SynchronousConnectionManager;
import io.micronaut.data.connection.jdbc.operations.DefaultDataSourceConnectionOperations;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** Lets the repositories run on the connection of the unit, which begins, commits and ends elsewhere. */
@EachBean(DataSource.class)
@Replaces(DefaultDataSourceConnectionOperations.class)
final class UnitConnections implements ConnectionOperations<Connection>, SynchronousConnectionManager<Connection> {
    @Override
    public Optional<ConnectionStatus<Connection>> findConnectionStatus() {
        return Optional.of(getConnection(ConnectionDefinition.DEFAULT));
    }

    @Override
    public <R> R execute(ConnectionDefinition definition, Function<ConnectionStatus<Connection>, R> work) {
        return work.apply(getConnection(definition));
    }

    @Override
    public ConnectionStatus<Connection> getConnection(ConnectionDefinition definition) {
        return new OfUnit(BoundConnection.get(), definition);
    }

    @Override
    public void complete(ConnectionStatus<Connection> status) {
        // The unit gives the connection back.
    }

    private record OfUnit(Connection getConnection, ConnectionDefinition getDefinition)
            implements ConnectionStatus<Connection> {
        @Override
        public boolean isNew() {
            return false;
        }

        @Override
        public void registerSynchronization(ConnectionSynchronization synchronization) {
            throw new UnsupportedOperationException("synchronization (expected: the unit ends elsewhere)");
        }
    }
}
