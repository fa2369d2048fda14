package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.StoreLoss;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What this node may take of a shared limit without asking, and what it has taken. */
final class LeasedBucket extends Bucket {
    /*
     * How far all nodes together may go beyond the limit L in one window, while their store answers within a second. Units that are
     * leased within a window are at most L. Beside them each of n nodes may use what it had left of an earlier lease, and what it
     * took before a late answer and still owes: together at most L / 40, so n * L / 40 in all, and that is at most (n - 1) * L / 20
     * from two nodes on. Below a limit of 80 each of the two is a unit nevertheless, or one slow answer would refuse a request to
     * somebody who never came before. A single node counts its own use too and never goes beyond L. A lease ends with the window in
     * which the store counts it.
     *
     * Fixed windows begin when the store says so. The own count would begin them at another moment and is not asked; leases end
     * with the store's window, so that nothing goes beyond it.
     */
    private static final int BEYOND = 40;
    private static final int OWED_PART = 4;

    private final Bucket own;
    private final Lease lease = new Lease();
    private long left;
    private long leftUntil;
    private long deniedCost;
    private long deniedUntil;
    private long owed;
    private long awaited;
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

    /** Whether a charge passes and is not counted while its store is away. */
    static boolean passesUncounted(Charge charge) {
        return charge.limit().scope() == LimitScope.SHARED && charge.limit().storeLoss() == StoreLoss.ALLOW;
    }

    /** Units that a lease brings beyond those that are needed. */
    static long ahead(RateLimit limit) {
        return Math.max(0, limit.limit() / BEYOND - mostOwed(limit));
    }

    /** Units that may be owed while an answer is late. */
    private static long mostOwed(RateLimit limit) {
        return Math.max(1, limit.limit() / BEYOND / OWED_PART);
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
        if (company.store() == Company.Store.ANSWERS) {
            return nanosUntil(cost, now);
        }
        return switch (limit().storeLoss()) {
            case ALLOW, DENY -> 0;
            case LOCAL ->
                company.store() == Company.Store.LATE ? lateWait(cost, now, company) : aloneWait(cost, now, company);
        };
    }

    @Override
    Need need(long cost, long now, Company company) {
        if (leased(now) >= cost) {
            return Need.NONE;
        }
        if (company.store() == Company.Store.ANSWERS) {
            return Need.LEASE;
        }
        return limit().storeLoss() == StoreLoss.DENY ? Need.ANSWER : Need.NONE;
    }

    @Override
    void take(long cost, long now, Company company) {
        if (leased(now) >= cost) {
            lease.use(cost);
        } else if (limit().storeLoss() == StoreLoss.ALLOW) {
            return;
        } else {
            if (!company.sole() && company.store() == Company.Store.AWAY) {
                share(now, company).take(cost, now, company);
            } else {
                share = null;
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
        return asking == null && awaited == 0 && leased(now) == 0 && owed(now) == 0 && super.forgettable(now);
    }

    /** Whether the cost is at hand. */
    boolean covers(long cost, long now) {
        return leased(now) >= cost;
    }

    /** A request waits for so many units, or no longer does when they are negative. */
    void awaited(long units) {
        awaited += units;
    }

    /** Units beyond those at hand that all need who wait. */
    long missing(long cost, long now) {
        return Math.max(1, Math.max(awaited, cost) - leased(now));
    }

    /** Units beyond those at hand that one needs. */
    long least(long cost, long now) {
        return Math.max(1, cost - leased(now));
    }

    /** Units that were taken without a lease and still count. */
    long owed(long now) {
        owed = Math.min(owed, limit().burst() - own.remaining(now));
        return owed;
    }

    /**
     * The store has counted some of what was owed. For what it has no room for nobody can wait; a little is owed on, so that it is not
     * taken again and again.
     */
    void settled(long paid, long unpaid) {
        owed = Math.max(0, owed - paid - Math.max(0, unpaid - mostOwed(limit())));
    }

    /** Units that nobody waits for pay what was taken before they came. */
    void granted(Lease.Grant grant, Admission.Standing store, long now) {
        lease.add(grant, now, awaited);
        var paid = Math.min(owed(now), Math.max(0, leased(now) - awaited));
        lease.use(paid);
        owed -= paid;
        deniedCost = 0;
        heard(store, now);
    }

    void denied(long units, long until, Admission.Standing store, long now) {
        deniedCost = leased(now) + units;
        deniedUntil = until;
        heard(store, now);
    }

    @Nullable
    CompletableFuture<Void> asking() {
        return asking;
    }

    void asking(@Nullable CompletableFuture<Void> question) {
        asking = question;
    }

    private void heard(Admission.Standing store, long now) {
        left = store.remaining();
        leftUntil = now + store.wholeAfter().toNanos();
        share = null;
    }

    private long leased(long now) {
        return lease.units(now, awaited);
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

    /** A little may be owed; for the rest the answer has to come, or not to come for so long that the store is away. */
    private long lateWait(long cost, long now, Company company) {
        var known = nanosUntil(cost, now);
        if (known > 0 || company.sole()) {
            return known;
        }
        var most = Math.min(mostOwed(limit()), leftForEach(now, company));
        return owed(now) + cost <= most ? 0 : SharedStore.GONE_AFTER.toNanos();
    }

    private long aloneWait(long cost, long now, Company company) {
        var counting = company.sole() ? own : share(now, company);
        return cost > counting.limit().burst()
                ? counting.limit().window().toNanos()
                : Math.max(denied(cost, now), counting.nanosUntil(cost, now));
    }

    /** Of what the store last had, an even part; of all when that was so long ago that everything would be there again. */
    private long leftForEach(long now, Company company) {
        var known = leftUntil - now > 0 ? left : limit().burst();
        return known <= 0 ? 0 : Math.max(1, known / company.nodes());
    }

    /** This node's part of the limit; what it took lately, and what others were known to have taken, counts as if it had been taken now. */
    private Bucket share(long now, Company company) {
        var part = part(company.nodes());
        var counting = share;
        if (counting == null || !counting.limit().equals(part)) {
            counting = Maker.of(part).make(now);
            var taken = limit().burst() - own.remaining(now);
            var used = Math.min(Math.max(taken, part.burst() - leftForEach(now, company)), part.burst());
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
