import { Button, createTheme, Modal, SegmentedControl } from '@mantine/core';

/** Colours stand in `styles/theme.css`: the content security policy admits no styles that a script writes. */
export const theme = createTheme({
  defaultRadius: 6,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ defaultProps: { size: 'compact-sm', variant: 'default' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    // Locking the scroll would write a style element, too.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true, size: 'md' } }),
  },
});
