package io.triport.identity.field;

import java.util.List;

/** What a dictionary holds under a name (RFC 8941 section 3.2). */
public sealed interface Member {
    /** The one way in which it is written (RFC 8941 section 4.1). */
    String text();

    record Item(BareItem value, Parameters parameters) implements Member {
        @Override
        public String text() {
            return value.text() + parameters.text();
        }
    }

    record InnerList(List<Item> items, Parameters parameters) implements Member {
        public InnerList {
            items = List.copyOf(items);
        }

        @Override
        public String text() {
            return '(' + String.join(" ", items.stream().map(Item::text).toList()) + ')' + parameters.text();
        }
    }
}
