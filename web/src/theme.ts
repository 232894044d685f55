import { Button, createTheme, Modal, SegmentedControl } from '@mantine/core';

import styles from './styles/controls.module.css';

/** Colours stand in `styles/theme.css`: the content security policy admits no styles that a script writes. */
export const theme = createTheme({
  defaultRadius: 6,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'xs', variant: 'default' },
      classNames: { root: styles.button ?? '' },
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs' },
      classNames: {
        root: styles.segments ?? '',
        indicator: styles.segment ?? '',
        label: styles.segmentLabel ?? '',
      },
    }),
    // Locking the scroll would write a style element, too. The head of a dialog is not that of the page.
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        centered: true,
        size: 'md',
        attributes: { header: { role: 'presentation' } },
      },
    }),
  },
});
