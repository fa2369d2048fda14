package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.StoreLoss;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What this node may take of a shared limit without asking, and what it has taken. */
final class LeasedBucket extends Bucket {
    /*
     * How far all nodes together may go beyond the limit L in one window. Units that are leased within a window are at most L.
     * Beside them each of n nodes may use what it had left of an earlier lease, which is less than a lease is large: at most
     * L / 40, so n * L / 40 in all, and that is at most (n - 1) * L / 20 from two nodes on. A single node counts its own use too
     * and never goes beyond L. A lease ends with the window in which the store counts it.
     *
     * Fixed windows begin when the store says so. The own count would begin them at another moment and is not asked; leases end
     * with the store's window, so that nothing goes beyond it.
     */
    private static final int LEASES_PER_LIMIT = 40;

    private final Bucket own;
    private long leased;
    private long leaseEnds;
    private long left;
    private long deniedCost;
    private long deniedUntil;
    private long owed;
    private @Nullable Bucket share;
    private @Nullable CompletableFuture<Void> asking;

    private LeasedBucket(RateLimit limit, Bucket own) {
        super(limit);
        this.own = own;
        this.left = limit.burst();
    }

    static Maker maker(RateLimit limit) {
        var owns = Maker.of(limit);
        return now -> new LeasedBucket(limit, owns.make(now));
    }

    @Override
    long wait(Charge charge, long now, Company company) {
        var cost = charge.cost();
        if (cost > limit().burst()) {
            return limit().window().toNanos();
        }
        if (leased(now) >= cost) {
            return ownWait(cost, now);
        }
        return company.reached() ? nanosUntil(cost, now) : aloneWait(cost, now, company);
    }

    @Override
    Need need(long cost, long now, Company company) {
        if (leased(now) >= cost) {
            return Need.NONE;
        }
        if (company.reached()) {
            return Need.LEASE;
        }
        return limit().storeLoss() == StoreLoss.DENY ? Need.ANSWER : Need.NONE;
    }

    @Override
    void take(long cost, long now, Company company) {
        if (leased(now) >= cost) {
            leased -= cost;
        } else if (limit().storeLoss() == StoreLoss.ALLOW) {
            return;
        } else {
            if (company.nodes() > 1) {
                share(now, company).take(cost, now, company);
            }
            owed += cost;
        }
        own.take(cost, now, company);
    }

    @Override
    long nanosUntil(long cost, long now) {
        return Math.max(ownWait(cost, now), denied(cost, now));
    }

    @Override
    long remaining(long now) {
        var together = leased(now) + left;
        return binding() ? Math.min(own.remaining(now), together) : Math.min(limit().limit(), together);
    }

    @Override
    long nanosUntilWhole(long now) {
        return Math.max(own.nanosUntilWhole(now), denied(Long.MAX_VALUE, now));
    }

    @Override
    boolean forgettable(long now) {
        return asking == null && leased(now) == 0 && owed(now) == 0 && super.forgettable(now);
    }

    /** Whether the cost is at hand. */
    boolean covers(long cost, long now) {
        return leased(now) >= cost;
    }

    /** Units that the cost needs beyond those at hand. */
    long missing(long cost, long now) {
        return Math.max(1, cost - leased(now));
    }

    /** Units that were taken without a lease and still count. */
    long owed(long now) {
        owed = Math.min(owed, limit().burst() - own.remaining(now));
        return owed;
    }

    void settled(long units) {
        owed = Math.max(0, owed - units);
    }

    /** Units to ask for rather than so many. */
    static long lease(RateLimit limit, long missing) {
        return Math.max(missing, limit.limit() / LEASES_PER_LIMIT + 1);
    }

    void granted(long units, long ends, Admission.Standing store, long now) {
        leaseEnds = leased(now) > 0 && leaseEnds - ends < 0 ? leaseEnds : ends;
        leased += units;
        left = store.remaining();
        deniedCost = 0;
        share = null;
    }

    void denied(long units, long until, Admission.Standing store, long now) {
        left = store.remaining();
        deniedCost = leased(now) + units;
        deniedUntil = until;
        share = null;
    }

    @Nullable
    CompletableFuture<Void> asking() {
        return asking;
    }

    void asking(@Nullable CompletableFuture<Void> question) {
        asking = question;
    }

    private long leased(long now) {
        if (leased > 0 && now - leaseEnds >= 0) {
            leased = 0;
        }
        return leased;
    }

    /** How long the store would say no, as far as it has said. */
    private long denied(long cost, long now) {
        return deniedCost > 0 && cost >= deniedCost ? Math.max(0, deniedUntil - now) : 0;
    }

    private boolean binding() {
        return limit().algorithm() != LimitAlgorithm.FIXED;
    }

    private long ownWait(long cost, long now) {
        return binding() ? own.nanosUntil(cost, now) : 0;
    }

    private long aloneWait(long cost, long now, Company company) {
        return switch (limit().storeLoss()) {
            case ALLOW, DENY -> 0;
            case LOCAL -> {
                var counting = company.nodes() > 1 ? share(now, company) : own;
                yield cost > counting.limit().burst()
                        ? counting.limit().window().toNanos()
                        : counting.nanosUntil(cost, now);
            }
        };
    }

    /** This node's part of the limit; what it took lately counts as if it had been taken now. */
    private Bucket share(long now, Company company) {
        var part = part(company.nodes());
        var counting = share;
        if (counting == null || !counting.limit().equals(part)) {
            counting = Maker.of(part).make(now);
            var used = Math.min(limit().burst() - own.remaining(now), part.burst());
            if (used > 0) {
                counting.take(used, now, company);
            }
            share = counting;
        }
        return counting;
    }

    private RateLimit part(int nodes) {
        var units = Math.max(1, limit().limit() / nodes);
        var burst = binding() ? Math.max(units, limit().burst() / nodes) : units;
        return new RateLimit(limit().algorithm(), units, limit().window(), burst, limit().scope(), limit().storeLoss());
    }
}
