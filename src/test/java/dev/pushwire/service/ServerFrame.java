package dev.pushwire.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.Opcode;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A frame as the server sent it: whole, unmasked, without reserved bits. */
public record ServerFrame(Opcode opcode, byte[] payload) {

    public static ServerFrame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        assertThat(first & 0xF0).as("FIN and no reserved bit").isEqualTo(0x80);
        assertThat(second & 0x80).as("the mask bit of a server's frame").isZero();
        long length = switch (second) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> second;
        };
        Opcode opcode = Opcode.of(first);
        assertThat(opcode).as("opcode of octet " + Integer.toHexString(first)).isNotNull();
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new ServerFrame(opcode, payload);
    }

    public String text() {
        return new String(payload, UTF_8);
    }

    /** Of a Close frame; 1005 for one without. */
    public int closeCode() {
        return payload.length == 0 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    public String closeReason() {
        return payload.length == 0 ? "" : new String(payload, 2, payload.length - 2, UTF_8);
    }

    @Override
    public String toString() {
        String shown = switch (opcode) {
            case TEXT -> payload.length < 200 ? "'" + text() + "'" : payload.length + " bytes";
            case CLOSE -> closeCode() + " '" + closeReason() + "'";
            default -> payload.length < 200 ? HexFormat.of().formatHex(payload) : payload.length + " bytes";
        };
        return opcode + " " + shown;
    }
}
