package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.RateLimit;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/** This node's buckets of all limits, and the one step that looks at some and takes from them. Safe for many threads. */
final class Buckets {
    /*
     * Concurrency. A step holds the stripes of all its charges, locked in the order of their numbers. What is done meanwhile is
     * arithmetic of about a microsecond, so an event loop may wait for it; nothing in a step asks anybody.
     */
    private final Map<RateLimit, BucketTable> tables = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Ticker ticker;
    private final ToIntFunction<RateLimit> most;
    private final BucketTable.Makers makers;

    /** What a step came to. */
    sealed interface Step {}

    record Decided(Admission admission) implements Step {}

    /** Nothing was taken: these buckets have too few leased units, and are kept until somebody leased more. */
    record Wanting(List<Want> wants) implements Step {}

    /** Nothing was taken: a limit that denies then cannot be asked about. */
    record Unknowable() implements Step {}

    record Want(Charge charge, LeasedBucket bucket, Stripe guard) {}

    /** @param most buckets of a limit */
    Buckets(Ticker ticker, ToIntFunction<RateLimit> most, BucketTable.Makers makers) {
        this.ticker = ticker;
        this.most = most;
        this.makers = makers;
    }

    Step take(List<Charge> charges, Company company) {
        if (charges.isEmpty()) {
            throw new IllegalArgumentException("charges: none (expected: at least one)");
        }
        var stripes = new Stripe[charges.size()];
        for (var i = 0; i < stripes.length; i++) {
            stripes[i] = stripe(charges.get(i));
        }
        return locked(inOrder(stripes), 0, new Question(charges, stripes, company));
    }

    void keepOnly(Collection<RateLimit> limits) {
        tables.keySet().retainAll(limits);
    }

    int size() {
        return tables.values().stream().mapToInt(BucketTable::size).sum();
    }

    private Step locked(Stripe[] order, int next, Question question) {
        if (next == order.length) {
            return decide(question);
        }
        synchronized (order[next]) {
            return locked(order, next + 1, question);
        }
    }

    private Step decide(Question question) {
        var now = ticker.nanos();
        var buckets = new Bucket[question.stripes.length];
        var slowest = -1;
        var longest = 0L;
        for (var i = 0; i < buckets.length; i++) {
            var charge = question.charge(i);
            var known = question.stripes[i].find(charge.key());
            buckets[i] = known == null ? table(charge.limit()).make(now) : known;
            var wait = buckets[i].wait(charge, now, question.company);
            if (wait > longest) {
                longest = wait;
                slowest = i;
            }
        }
        return slowest < 0
                ? unlessNeeding(question, buckets, now)
                : new Decided(refused(question, buckets, slowest, longest, now));
    }

    private static Step unlessNeeding(Question question, Bucket[] buckets, long now) {
        var wants = new ArrayList<Want>(0);
        for (var i = 0; i < buckets.length; i++) {
            var charge = question.charge(i);
            switch (buckets[i].need(charge.cost(), now, question.company)) {
                case NONE -> {}
                case ANSWER -> {
                    return new Unknowable();
                }
                case LEASE -> wants.add(new Want(charge, (LeasedBucket) buckets[i], question.stripes[i]));
            }
        }
        if (wants.isEmpty()) {
            return new Decided(taken(question, buckets, now));
        }
        wants.forEach(want -> want.guard().used(want.charge().key(), want.bucket(), false, now));
        return new Wanting(wants);
    }

    private static Admission taken(Question question, Bucket[] buckets, long now) {
        for (var i = 0; i < buckets.length; i++) {
            var charge = question.charge(i);
            buckets[i].take(charge.cost(), now, question.company);
            question.stripes[i].used(charge.key(), buckets[i], buckets[i].remaining(now) == 0, now);
        }
        return new Admission.Taken(standings(buckets, now));
    }

    /** A bucket that is in no stripe yet is whole, and need not be remembered. */
    private static Admission refused(Question question, Bucket[] buckets, int slowest, long longest, long now) {
        for (var i = 0; i < buckets.length; i++) {
            if (buckets[i].key != null) {
                var exhausted = buckets[i].atLimit || buckets[i].wait(question.charge(i), now, question.company) > 0;
                question.stripes[i].used(question.charge(i).key(), buckets[i], exhausted, now);
            }
        }
        return new Admission.Exhausted(slowest, Duration.ofNanos(longest), standings(buckets, now));
    }

    private static List<Admission.Standing> standings(Bucket[] buckets, long now) {
        if (buckets.length == 1) {
            return List.of(buckets[0].standing(now));
        }
        var standings = new Admission.Standing[buckets.length];
        for (var i = 0; i < standings.length; i++) {
            standings[i] = buckets[i].standing(now);
        }
        return List.of(standings);
    }

    private static Stripe[] inOrder(Stripe[] stripes) {
        if (stripes.length == 1) {
            return stripes;
        }
        var order = stripes.clone();
        Arrays.sort(order, Comparator.comparingLong(Stripe::number));
        return order;
    }

    private Stripe stripe(Charge charge) {
        return table(charge.limit()).stripe(charge.key());
    }

    private BucketTable table(RateLimit limit) {
        var table = tables.get(limit);
        return table == null ? tables.computeIfAbsent(limit, this::emptyTable) : table;
    }

    private BucketTable emptyTable(RateLimit limit) {
        return new BucketTable(makers.of(limit), most.applyAsInt(limit), numbers.getAndIncrement());
    }

    /** The stripes are those of the charges, in their order. */
    private static final class Question {
        private final List<Charge> charges;
        private final Stripe[] stripes;
        private final Company company;

        private Question(List<Charge> charges, Stripe[] stripes, Company company) {
            this.charges = charges;
            this.stripes = stripes;
            this.company = company;
        }

        private Charge charge(int index) {
            return charges.get(index);
        }
    }
}
