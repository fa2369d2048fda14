package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.StorageFailure;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs calls of one database, where they may be run, and again where that may do. Safe for many threads. */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    /**
     * Of two transactions that cannot have been one after the other the server lets one commit, so with each time that one is run again
     * another has got ahead; and each connection that was cut takes a time.
     */
    private static final int MOST_TIMES = 50;

    /** Of the time that a call has, at most this part is spent on waiting for a copy. */
    private static final int PARTS = 10;

    private final Room room;
    private final Means means;
    private final Catalogue catalogue;

    Transactions(Room room, Means means, Catalogue catalogue) {
        this.room = room;
        this.means = means;
        this.catalogue = catalogue;
    }

    Call.Answer write(List<Member> members) {
        return repeated(members, Line.Effect.WRITES, means.deadline());
    }

    /** Of the latest state. */
    Call.Answer read(List<Member> members) {
        return repeated(members, Line.Effect.READS, means.deadline());
    }

    /** Of a state that the session may see, where it is nearest. */
    Call.Answer read(List<Member> members, Session session) {
        var deadline = means.deadline();
        var least = session.least();
        var replica = means.replicas().next();
        if (least.isPresent() && replica.isPresent()) {
            try {
                return onReplica(members, replica.get(), least.getAsLong(), deadline);
            } catch (Elsewhere e) {
                LOG.debug("sql replica={} not read", replica.get().hosts(), e);
            }
        }
        return repeated(members, Line.Effect.READS, deadline);
    }

    /** How far a session has seen that has written. */
    void told(Call.Answer answer, Session session) {
        if (!answer.changed()) {
            session.saw(answer.state());
            return;
        }
        try {
            session.saw(means.operator().state());
        } catch (StorageFailure e) {
            session.lost();
        }
    }

    /** A copy could not do it; the server itself may. */
    private static final class Elsewhere extends RuntimeException {
        private static final long serialVersionUID = 1;

        Elsewhere(Throwable cause) {
            super("elsewhere", cause, false, false);
        }

        Elsewhere(String why) {
            super(why, null, false, false);
        }
    }

    private Call.Answer repeated(List<Member> members, Line.Effect effect, Deadline deadline) {
        for (var time = 1; ; time++) {
            var line = line();
            try {
                return new Call(line, members, effect, deadline, means).run();
            } catch (Call.Again e) {
                if (time == MOST_TIMES || deadline.over()) {
                    throw e.failure();
                }
            } finally {
                done(line);
            }
        }
    }

    private Call.Answer onReplica(List<Member> members, Address replica, long least, Deadline deadline) {
        Line line;
        try {
            line = means.lines().take(room, replica);
        } catch (SQLException | StorageFailure e) {
            throw new Elsewhere(e);
        }
        try {
            if (!line.reached(least, means.limits().call().dividedBy(PARTS))) {
                throw new Elsewhere("behind");
            }
            return new Call(line, members, Line.Effect.READS, deadline, means).run();
        } catch (SQLException e) {
            line.spoil();
            throw new Elsewhere(e);
        } catch (Call.Again | StorageFailure.Unavailable e) {
            if (deadline.over()) {
                throw e instanceof Call.Again again ? again.failure() : e;
            }
            throw new Elsewhere(e);
        } finally {
            done(line);
        }
    }

    private Line line() {
        try {
            return means.lines().take(room);
        } catch (SQLException e) {
            throw Refusals.shut(e) && catalogue.find(room.id()).isEmpty() ? Refusals.gone() : Refusals.ours(e);
        }
    }

    private void done(Line line) {
        if (line.spoilt()) {
            means.watch().end(line);
            means.lines().end(line);
        } else {
            means.lines().giveBack(line);
        }
    }
}
