package io.triport.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.triport.testkit.AtOnce;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BalancerTest {
    private static final List<Choice<String>> THREE = List.of(choice("a", 1), choice("b", 1), choice("c", 1));

    @Test
    void round_robin_gives_each_its_weight() {
        var balancer = Balancer.roundRobin(List.of(choice("a", 90), choice("b", 10)));

        assertThat(chosen(balancer, BalancerTest::any, 1_000)).isEqualTo(Map.of("a", 900L, "b", 100L));
    }

    @Test
    void round_robin_does_not_bunch_a_heavy_target() {
        var balancer = Balancer.roundRobin(List.of(choice("a", 5), choice("b", 1), choice("c", 1)));

        var order = IntStream.range(0, 7)
                .mapToObj(i -> balancer.choose(BalancerTest::any, "").orElseThrow())
                .collect(Collectors.joining());

        assertThat(order).isEqualTo("aabacaa");
    }

    @Test
    void round_robin_shares_the_turns_of_a_missing_target_among_all_others() {
        var balancer = Balancer.roundRobin(THREE);

        assertThat(chosen(balancer, target -> !target.equals("a"), 1_000)).isEqualTo(Map.of("b", 500L, "c", 500L));
    }

    @Test
    void round_robin_at_once_gives_each_its_share() {
        var balancer = Balancer.roundRobin(THREE);

        var shares = AtOnce.run(6, caller -> () -> chosen(balancer, BalancerTest::any, 100));

        var total = new HashMap<String, Long>();
        shares.forEach(share -> share.forEach((target, times) -> total.merge(target, times, Long::sum)));
        assertThat(total).isEqualTo(Map.of("a", 200L, "b", 200L, "c", 200L));
    }

    @Test
    void least_requests_goes_where_the_fewest_are_for_the_weight() {
        var underWay = new HashMap<>(Map.of("a", 3, "b", 1, "c", 2));
        var balancer = Balancer.leastRequests(List.of(choice("a", 4), choice("b", 1), choice("c", 1)), underWay::get);
        assertThat(balancer.choose(BalancerTest::any, "")).contains("a");

        underWay.put("a", 20);

        assertThat(balancer.choose(BalancerTest::any, "")).contains("b");
        assertThat(balancer.choose(target -> !target.equals("b"), "")).contains("c");
    }

    @Test
    void least_requests_lets_equals_take_turns() {
        var balancer = Balancer.leastRequests(THREE, target -> 0);

        assertThat(chosen(balancer, BalancerTest::any, 300)).isEqualTo(Map.of("a", 100L, "b", 100L, "c", 100L));
    }

    @Test
    void consistent_hash_sends_a_key_to_one_target() {
        var balancer = Balancer.consistentHash(THREE);
        var again = Balancer.consistentHash(THREE.reversed());

        for (var i = 0; i < 100; i++) {
            assertThat(again.choose(BalancerTest::any, "key " + i))
                    .isEqualTo(balancer.choose(BalancerTest::any, "key " + i));
        }
    }

    @Test
    void consistent_hash_gives_each_its_weight() {
        var balancer = Balancer.consistentHash(List.of(choice("a", 70), choice("b", 20), choice("c", 10)));

        var chosen = IntStream.range(0, 20_000)
                .mapToObj(i -> balancer.choose(BalancerTest::any, "user-" + i).orElseThrow())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(chosen.get("a")).isCloseTo(14_000, within(400L));
        assertThat(chosen.get("b")).isCloseTo(4_000, within(400L));
        assertThat(chosen.get("c")).isCloseTo(2_000, within(400L));
    }

    @Test
    void consistent_hash_moves_only_the_keys_of_the_target_that_is_missing() {
        var balancer = Balancer.consistentHash(THREE);

        for (var i = 0; i < 1_000; i++) {
            var before = balancer.choose(BalancerTest::any, "key " + i).orElseThrow();
            var after =
                    balancer.choose(target -> !target.equals("b"), "key " + i).orElseThrow();
            assertThat(after).isNotEqualTo("b");
            if (!before.equals("b")) {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Test
    void consistent_hash_moves_keys_only_to_a_target_that_comes_however_heavy() {
        var before = Balancer.consistentHash(THREE.subList(0, 2));
        var after = Balancer.consistentHash(List.of(choice("a", 1), choice("b", 1), choice("c", 50)));

        for (var i = 0; i < 1_000; i++) {
            var now = after.choose(BalancerTest::any, "key " + i).orElseThrow();
            if (!now.equals("c")) {
                assertThat(before.choose(BalancerTest::any, "key " + i)).contains(now);
            }
        }
    }

    @Test
    void without_a_usable_target_there_is_none() {
        assertThat(Balancer.roundRobin(THREE).choose(BalancerTest::none, "k")).isEmpty();
        assertThat(Balancer.leastRequests(THREE, target -> 0).choose(BalancerTest::none, "k"))
                .isEmpty();
        assertThat(Balancer.consistentHash(THREE).choose(BalancerTest::none, "k"))
                .isEmpty();
    }

    @Test
    void targets_need_names_of_their_own_and_weights_in_bounds() {
        assertThatThrownBy(() -> Balancer.roundRobin(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Balancer.roundRobin(List.of(choice("a", 1), choice("a", 2))))
                .hasMessageContaining("names of their own");
        assertThatThrownBy(() -> choice("a", 0)).hasMessageStartingWith("weight: 0");
        assertThatThrownBy(() -> choice("a", 1_001)).hasMessageStartingWith("weight: 1001");
    }

    private static boolean any(String target) {
        return !target.isEmpty();
    }

    private static boolean none(String target) {
        return target.isEmpty();
    }

    private static Choice<String> choice(String name, int weight) {
        return new Choice<>(name, name, weight);
    }

    private static Map<String, Long> chosen(Balancer<String> balancer, Predicate<String> usable, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> balancer.choose(usable, "key").orElseThrow())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
