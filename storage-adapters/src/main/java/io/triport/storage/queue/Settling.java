package io.triport.storage.queue;

import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.SettleOutcome;
import io.triport.domain.queue.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One call that settles leases, within its transaction. Used once. */
final class Settling {
    private final QueueDefinition definition;
    private final QueueTable table;
    private final Burial burial;
    private final long now;
    private final List<StoredMessage> changed = new ArrayList<>();
    private final List<StoredMessage> acked = new ArrayList<>();
    private final List<SettleOutcome.Warning> warnings = new ArrayList<>();
    private int retried;
    private int prolonged;

    /** Takes a message away that was delivered as often as it may be. */
    interface Burial {
        void of(QueueTable table, StoredMessage message, long now);
    }

    Settling(QueueDefinition definition, QueueTable table, Burial burial, long now) {
        this.definition = definition;
        this.table = table;
        this.burial = burial;
        this.now = now;
    }

    SettleOutcome all(List<Settlement> settlements, LeaseSeal seal) {
        var firsts = firsts(settlements, seal);
        var numbers = firsts.keySet().stream()
                .map(LeaseSeal.Opened::number)
                .distinct()
                .toList();
        var found = numbers.isEmpty() ? Map.<Long, StoredMessage>of() : byNumber(numbers);
        firsts.forEach((lease, settlement) -> settle(lease, settlement, found));
        table.change(changed);
        if (!acked.isEmpty()) {
            table.remove(acked.stream().map(StoredMessage::number).toList());
            table.count(
                    definition.name(),
                    -acked.stream().mapToLong(StoredMessage::bytes).sum(),
                    0);
        }
        return new SettleOutcome(acked.size(), retried, prolonged, warnings);
    }

    /** The first settlement of each lease; what is no lease is told at once. */
    private Map<LeaseSeal.Opened, Settlement> firsts(List<Settlement> settlements, LeaseSeal seal) {
        var firsts = new LinkedHashMap<LeaseSeal.Opened, Settlement>();
        for (var settlement : settlements) {
            var lease = seal.open(settlement.lease());
            if (lease.isPresent()) {
                firsts.putIfAbsent(lease.get(), settlement);
            } else {
                warn(settlement, SettleOutcome.Why.UNKNOWN);
            }
        }
        return firsts;
    }

    private Map<Long, StoredMessage> byNumber(List<Long> numbers) {
        return table.find(definition.name(), numbers).stream()
                .collect(Collectors.toMap(StoredMessage::number, Function.identity()));
    }

    private void settle(LeaseSeal.Opened lease, Settlement settlement, Map<Long, StoredMessage> found) {
        var message = found.get(lease.number());
        if (message == null) {
            warn(settlement, SettleOutcome.Why.GONE);
        } else if (message.delivery().attempt() > lease.delivery()) {
            warn(settlement, SettleOutcome.Why.TAKEN);
        } else if (message.lease() != lease.delivery()) {
            warn(settlement, SettleOutcome.Why.GONE);
        } else {
            settle(message, settlement);
        }
    }

    private void settle(StoredMessage message, Settlement settlement) {
        switch (settlement) {
            case Settlement.Ack ack -> acked.add(message);
            case Settlement.Retry retry -> {
                retried++;
                if (message.delivery().attempt() >= definition.retries().deliveries()) {
                    burial.of(table, message, now);
                } else {
                    var delay = retry.delay().orElse(definition.retries().delay());
                    changed.add(message.readyAgainAt(now + delay.toMillis()));
                }
            }
            case Settlement.Prolong prolong -> {
                prolonged++;
                changed.add(message.stillLeasedUntil(now + prolong.visibility().toMillis()));
            }
        }
    }

    private void warn(Settlement settlement, SettleOutcome.Why why) {
        warnings.add(new SettleOutcome.Warning(settlement.lease(), why));
    }
}
