package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebSocketMeterTest {
    @Test
    void namesAreTakenOnce() {
        assertThat(Arrays.stream(WebSocketMeter.values()).map(WebSocketMeter::meterName))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.startsWith("websocket."));
    }

    @ParameterizedTest
    @EnumSource
    void thePrometheusNameIsMicrometers(WebSocketMeter meter) {
        NamingConvention convention = new PrometheusNamingConvention();
        Meter.Type type = Meter.Type.valueOf(meter.type().name());
        // of a counter, the writer of the scrape adds the rest
        assertThat(meter.prometheusName())
                .isIn(
                        convention.name(meter.meterName(), type, meter.unit().isEmpty() ? null : meter.unit()),
                        convention.name(meter.meterName(), type, meter.unit().isEmpty() ? null : meter.unit())
                                + "_total");
    }
}
