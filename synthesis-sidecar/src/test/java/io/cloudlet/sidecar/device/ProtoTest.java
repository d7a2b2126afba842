package io.cloudlet.sidecar.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages on the wire; the bytes were worked out by the rules of the format. */
class ProtoTest {
  @Test
  void writesWhatTheFormatSays() {
    assertThat(hex(new RegisterRequest("v1", "s", "é")))
        .isEqualTo("0a027631" + "120173" + "1a02c3a9" + "2200");
    assertThat(hex(new DeviceList(List.of(new Device("a", "Healthy"), new Device("b", "")))))
        .isEqualTo("0a0c" + "0a0161" + "12074865616c746879" + "0a03" + "0a0162");
    assertThat(hex(new Empty())).isEmpty();
    DeviceNode node = new DeviceNode("/a", "/b", "rw");
    assertThat(hex(new AllocateResponse(List.of(new AllocateResponse.Container(List.of(node))))))
        .isEqualTo("0a0e" + "1a0c" + "0a022f61" + "12022f62" + "1a027277");
  }

  @Test
  void writesLongValues() throws Exception {
    String text = "x".repeat(70_000);
    byte[] message = new Device(text, "").encode();
    assertThat(Arrays.copyOf(message, 4)).isEqualTo(HexFormat.of().parseHex("0af0a204"));
    assertThat(Device.decode(message).id()).isEqualTo(text);
  }

  @Test
  void readsWhatItWrites() throws Exception {
    AllocateRequest request =
        new AllocateRequest(List.of(new DeviceIds(List.of("a", "b")), new DeviceIds(List.of())));
    assertThat(AllocateRequest.decode(request.encode())).isEqualTo(request);
    RegisterRequest register = new RegisterRequest("v1beta1", "a.sock", "b.c/d");
    assertThat(RegisterRequest.decode(register.encode())).isEqualTo(register);
  }

  @Test
  void passesOverWhatItDoesNotKnow() throws Exception {
    // A number in field 7, eight bytes in 8, four bytes in 9 and a text in 10.
    byte[] message =
        HexFormat.of()
            .parseHex("38ffff03" + "410102030405060708" + "4d01020304" + "520178" + "0a0161");
    assertThat(Device.decode(message)).isEqualTo(new Device("a", ""));
  }

  @Test
  void refusesWhatIsNoMessage() {
    for (String bad : List.of("0a", "0a05616263", "00", "0b", "0affffffffffffffffffff01", "80")) {
      assertThatThrownBy(() -> Device.decode(HexFormat.of().parseHex(bad)))
          .as(bad)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("at offset");
    }
  }

  @Test
  void neverFailsOtherwise() {
    Random random = new Random(7);
    byte[] whole = new RegisterRequest("v1beta1", "a.sock", "b.c/d").encode();
    for (int i = 0; i < 20_000; i++) {
      byte[] message = Arrays.copyOf(whole, random.nextInt(whole.length + 4));
      for (int j = random.nextInt(4); j >= 0 && message.length > 0; j--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(RegisterRequest.decode(message)).isNotNull();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("at offset");
      }
    }
  }

  private static String hex(Message message) {
    return HexFormat.of().formatHex(message.encode());
  }
}
