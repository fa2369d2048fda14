package io.triport.storage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.storage.NodeAddress;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RendezvousTest {
    private static final ObjectClass TYPE = new ObjectClass("rooms");
    private static final List<NodeAddress> NODES = IntStream.rangeClosed(1, 5)
            .mapToObj(number -> new NodeAddress("10.0.0." + number, 9_000))
            .toList();
    private static final List<Address> OBJECTS = IntStream.range(0, 5_000)
            .mapToObj(number -> new Address(TYPE, new ObjectIds(TYPE).named(ObjectName.of("room-" + number))))
            .toList();

    @Test
    void nodes_get_about_as_many_objects_each() {
        var counts = OBJECTS.stream()
                .map(object -> of(object, NODES))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(counts)
                .hasSize(5)
                .allSatisfy((node, count) -> assertThat(count).isBetween(900L, 1_100L));
    }

    @Test
    void the_order_of_the_nodes_does_not_matter() {
        assertThat(OBJECTS).allSatisfy(object -> assertThat(of(object, NODES)).isEqualTo(of(object, NODES.reversed())));
    }

    @Test
    void a_node_that_goes_moves_its_own_objects_alone() {
        for (var gone : NODES) {
            var left = NODES.stream().filter(node -> !node.equals(gone)).toList();

            assertThat(OBJECTS)
                    .filteredOn(object -> !of(object, NODES).equals(gone))
                    .allSatisfy(object -> assertThat(of(object, left)).isEqualTo(of(object, NODES)));
        }
    }

    @Test
    void without_nodes_there_is_none() {
        assertThat(Rendezvous.of(OBJECTS.getFirst(), Collections.<NodeAddress>emptyList().stream()))
                .isEmpty();
    }

    private static NodeAddress of(Address object, List<NodeAddress> nodes) {
        return Rendezvous.of(object, nodes.stream()).orElseThrow();
    }
}
