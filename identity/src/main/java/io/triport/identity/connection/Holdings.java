package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.ArrayList;
import java.util.List;

/** What is held for the reply that a connection owes, until the client has taken it. Safe for many threads: its monitor guards all. */
public final class Holdings {
    private static final AttributeKey<Holdings> KEY = AttributeKey.valueOf(Holdings.class, "holdings");

    private final List<Runnable> held = new ArrayList<>();
    private boolean ended;

    private Holdings() {}

    /** Those of a connection. */
    public static Holdings of(Channel connection) {
        var attribute = connection.attr(KEY);
        var fresh = new Holdings();
        var before = attribute.setIfAbsent(fresh);
        return before == null ? fresh : before;
    }

    /** @param letGo runs when the reply is taken, and at once where nobody takes it any more */
    public void add(Runnable letGo) {
        if (!added(letGo)) {
            letGo.run();
        }
    }

    /** The reply is taken. */
    static void taken(Channel connection) {
        if (connection.hasAttr(KEY)) {
            of(connection).letGo(false);
        }
    }

    /** Nobody takes anything any more. */
    static void ended(Channel connection) {
        of(connection).letGo(true);
    }

    private synchronized boolean added(Runnable letGo) {
        return !ended && held.add(letGo);
    }

    private void letGo(boolean forGood) {
        drained(forGood).forEach(Runnable::run);
    }

    private synchronized List<Runnable> drained(boolean forGood) {
        ended |= forGood;
        var all = List.copyOf(held);
        held.clear();
        return all;
    }
}
