package io.triport.storage.sqlpostgresql;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies of the server, which sessions read from in turns. Safe for many threads. */
final class Replicas {
    private final List<Address> addresses;
    private final AtomicInteger turn = new AtomicInteger();

    Replicas(List<Address> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    boolean any() {
        return !addresses.isEmpty();
    }

    /** Empty where there is none. */
    Optional<Address> next() {
        return addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(addresses.get(Math.floorMod(turn.getAndIncrement(), addresses.size())));
    }
}
