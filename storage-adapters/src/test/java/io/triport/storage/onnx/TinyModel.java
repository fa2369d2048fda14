package io.triport.storage.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * ONNX files of a few hundred bytes, written field by field as {@code onnx.proto} numbers them (IR version 7, operators of set 11).
 * What they compute can be checked by hand.
 */
final class TinyModel {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private TinyModel() {}

    /** A vector for each token, which is the row of a table. */
    static byte[] embeddings(float[][] table) {
        var graph = new Message()
                .message(1, node("Gather", List.of("table", "input_ids"), "last_hidden_state", attribute("axis", 0)))
                .text(2, "embeddings")
                .message(5, table(table))
                .message(11, value("input_ids", INT64, "batch", "sequence"))
                .message(11, value("attention_mask", INT64, "batch", "sequence"))
                .message(12, value("last_hidden_state", FLOAT, "batch", "sequence", "width"));
        return model(graph);
    }

    /** The sum of the weights of all tokens that are of the second text. */
    static byte[] ranking(float[] weights) {
        var graph = new Message()
                .message(1, node("Gather", List.of("weights", "input_ids"), "weighted", attribute("axis", 0)))
                .message(1, node("Cast", List.of("token_type_ids"), "second", attribute("to", FLOAT)))
                .message(1, node("Mul", List.of("weighted", "second"), "counted"))
                .message(
                        1,
                        node(
                                "ReduceSum",
                                List.of("counted"),
                                "logits",
                                attributeOfMany("axes", 1),
                                attribute("keepdims", 1)))
                .text(2, "ranking")
                .message(5, vector("weights", weights))
                .message(11, value("input_ids", INT64, "batch", "sequence"))
                .message(11, value("attention_mask", INT64, "batch", "sequence"))
                .message(11, value("token_type_ids", INT64, "batch", "sequence"))
                .message(12, value("logits", FLOAT, "batch", "one"));
        return model(graph);
    }

    private static byte[] model(Message graph) {
        return new Message()
                .number(1, 7)
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, 11))
                .bytes();
    }

    private static Message node(String operator, List<String> inputs, String output, Message... attributes) {
        var node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, operator);
        for (var attribute : attributes) {
            node.message(5, attribute);
        }
        return node;
    }

    private static Message attribute(String name, long value) {
        return new Message().text(1, name).number(3, value).number(20, ATTRIBUTE_INT);
    }

    private static Message attributeOfMany(String name, long value) {
        return new Message().text(1, name).number(8, value).number(20, ATTRIBUTE_INTS);
    }

    private static Message table(float[][] rows) {
        var numbers =
                ByteBuffer.allocate(rows.length * rows[0].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var row : rows) {
            for (var number : row) {
                numbers.putFloat(number);
            }
        }
        return new Message()
                .number(1, rows.length)
                .number(1, rows[0].length)
                .number(2, FLOAT)
                .text(8, "table")
                .data(9, numbers.array());
    }

    private static Message vector(String name, float[] values) {
        var numbers = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var number : values) {
            numbers.putFloat(number);
        }
        return new Message()
                .number(1, values.length)
                .number(2, FLOAT)
                .text(8, name)
                .data(9, numbers.array());
    }

    private static Message value(String name, int type, String... dimensions) {
        var shape = new Message();
        for (var dimension : dimensions) {
            shape.message(1, new Message().text(2, dimension));
        }
        var tensor = new Message().number(1, type).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /** Protocol Buffers, "Encoding": fields of numbers and of bytes. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return data(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return data(field, value.bytes());
        }

        Message data(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private void varint(long value) {
            var rest = value;
            while (rest > 0x7f) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
